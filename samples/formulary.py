"""Drugs that are asked for: their names and strengths by kind of treatment."""

DRUGS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "opioid": (
        ("Norco", ("5/325mg", "10/325mg")),
        ("Tramadol", ("50mg",)),
        ("Tramadol ER", ("150mg",)),
        ("Percocet", ("10/325mg",)),
        ("Nucynta", ("75mg",)),
        ("OxyContin", ("20mg", "40mg")),
        ("Butrans patch", ("10mcg/hr",)),
        ("MS Contin", ("15mg", "30mg")),
    ),
    "muscle relaxant": (
        ("Soma", ("350mg",)),
        ("Cyclobenzaprine", ("7.5mg", "10mg")),
        ("Tizanidine", ("2mg", "4mg")),
        ("Orphenadrine ER", ("100mg",)),
        ("Robaxin", ("750mg",)),
    ),
    "nsaid": (
        ("Naproxen", ("550mg", "500mg")),
        ("Ibuprofen", ("600mg", "800mg")),
        ("Meloxicam (Mobic)", ("7.5mg", "15mg")),
        ("Celebrex", ("200mg",)),
        ("Diclofenac XR", ("100mg",)),
    ),
    "acid suppressant": (("Omeprazole", ("20mg",)), ("Pantoprazole sodium", ("20mg",))),
    "nerve pain drug": (
        ("Gabapentin", ("300mg", "600mg")),
        ("Lyrica", ("75mg",)),
        ("Cymbalta", ("30mg", "60mg")),
        ("Nortriptyline HCL", ("25mg",)),
        ("Topamax", ("50mg",)),
    ),
    "sleep or anxiety drug": (
        ("Ambien", ("10mg",)),
        ("Xanax", ("0.5mg",)),
        ("Lunesta", ("2mg",)),
        ("Temazepam", ("15mg",)),
    ),
}
TOPICALS = (
    "Lidoderm patch 5% #{q}",
    "Flurbiprofen 20%/Lidocaine 5% cream, 180gm",
    "Terocin patch #{q}",
    "Voltaren gel 1% 100gm with {r} refills",
    "Capsaicin 0.025%, Menthol 5%, Camphor 2% in cream base 240gm",
    "Gabapentin 10%, Amitriptyline 5%, Bupivacaine 5% topical compound, 30 grams",
    "Ketoprofen 20% in cream base 165gm. Apply a thin layer twice daily",
)
