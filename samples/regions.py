"""Parts of the body: the guidelines on them, and what is found and done there. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the body as a letter treats it.

    `mtus` and `odg` are slugs of the catalogue; `chapter` and `pages` are those of the 2004
    chapter; `disorders` the name after 2017 with its years; `odg_names` as letters print them.
    """

    name: str
    mtus: str
    chapter: int
    title: str
    pages: tuple[int, int]
    disorders: str
    disorder_years: tuple[int, ...]
    odg: str
    odg_names: tuple[str, ...]
    sided: bool
    diagnoses: tuple[str, ...]
    findings: tuple[str, ...]
    tests: tuple[str, ...]
    surgeries: tuple[str, ...]
    devices: tuple[str, ...]


LOW_BACK = Region(
    name="lumbar spine",
    mtus="mtus-low-back",
    chapter=12,
    title="Low Back Complaints",
    pages=(287, 326),
    disorders="Low Back Disorders",
    disorder_years=(2016, 2019, 2020),
    odg="odg-low-back",
    odg_names=(
        "Low Back",
        "Low Back - Lumbar & Thoracic",
        "Low Back, Lumbar & Thoracic",
        "Lumbar & Thoracic",
        "Low back",
    ),
    sided=False,
    diagnoses=(
        "lumbar strain",
        "lumbar radiculopathy",
        "lumbago with sciatica",
        "lumbar disc protrusion at L4-L5",
        "status post lumbar laminectomy (2012)",
        "lumbar facet arthropathy",
        "chronic low back pain",
        "degenerative disc disease of the lumbar spine",
        "sprain of ligaments of lumbar spine, subsequent encounter",
        "L5-S1 spondylolisthesis",
    ),
    findings=(
        "spasm of the paralumbar muscles",
        "a positive straight leg raise at 50 degrees",
        "forward flexion limited to 40 degrees",
        "decreased sensation over the lateral calf",
        "a slow, guarded gait",
    ),
    tests=("MRI", "CT scan", "X-ray series", "EMG/NCV", "Bone scan"),
    surgeries=(
        "L4-L5 microdiscectomy",
        "L5-S1 anterior lumbar interbody fusion with instrumentation",
        "Laminectomy and decompression at L3-L4 and L4-L5",
    ),
    devices=("LSO brace", "Lumbar support", "Orthopedic mattress", "Inversion table"),
)
NECK = Region(
    name="cervical spine",
    mtus="mtus-neck-upper-back",
    chapter=8,
    title="Neck and Upper Back Complaints",
    pages=(165, 193),
    disorders="Cervical and Thoracic Spine Disorders",
    disorder_years=(2016, 2018, 2019),
    odg="odg-neck-upper-back",
    odg_names=("Neck and Upper Back", "Neck & Upper Back", "Neck and Upper back", "Neck"),
    sided=False,
    diagnoses=(
        "cervicalgia",
        "cervical strain",
        "cervical radiculitis",
        "cervical disc displacement at C5-C6",
        "cervicogenic headache",
        "neck and upper back myofascial pain",
        "sprain of joints and ligaments of the neck",
        "status post cervical fusion (2010)",
    ),
    findings=(
        "tenderness over the trapezius and levator scapulae",
        "a Spurling's maneuver that reproduced arm symptoms",
        "rotation limited to 45 degrees on either side",
        "diminished grip strength",
        "guarding of the cervical paraspinals",
    ),
    tests=("MRI", "CT scan", "X-ray series", "EMG/NCS", "Flexion-extension X-rays"),
    surgeries=(
        "Anterior cervical discectomy and fusion C5-C6",
        "C4-C5 and C5-C6 total disc replacement",
    ),
    devices=("Cervical traction unit", "Cervical pillow", "Soft cervical collar"),
)
SHOULDER = Region(
    name="shoulder",
    mtus="mtus-shoulder",
    chapter=9,
    title="Shoulder Complaints",
    pages=(195, 224),
    disorders="Shoulder Disorders",
    disorder_years=(2016,),
    odg="odg-shoulder",
    odg_names=("Shoulder",),
    sided=True,
    diagnoses=(
        "{side} shoulder impingement syndrome",
        "{side} rotator cuff tendinitis",
        "adhesive capsulitis of the {side} shoulder",
        "{side} shoulder labral tear",
        "partial thickness tear of the {side} supraspinatus",
        "{side} shoulder strain",
        "{side} shoulder acromioclavicular joint arthrosis",
    ),
    findings=(
        "abduction to 110 degrees with pain at the end of the arc",
        "positive Neer and Hawkins signs",
        "tenderness over the bicipital groove",
        "weakness of external rotation, graded 4 of 5",
        "crepitus on passive motion",
    ),
    tests=("MRI", "MR arthrogram", "X-ray", "Diagnostic ultrasound"),
    surgeries=(
        "{Side} shoulder arthroscopy with subacromial decompression and rotator cuff repair",
        "{Side} shoulder arthroscopy, debridement, possible biceps tenodesis",
        "Manipulation under anesthesia, {side} shoulder",
    ),
    devices=("Abduction sling", "Cold therapy unit", "Continuous passive motion machine"),
)
KNEE = Region(
    name="knee",
    mtus="mtus-knee",
    chapter=13,
    title="Knee Complaints",
    pages=(329, 359),
    disorders="Knee Disorders",
    disorder_years=(2015, 2019, 2020),
    odg="odg-knee-leg",
    odg_names=("Knee & Leg", "Knee and Leg", "Knee"),
    sided=True,
    diagnoses=(
        "{side} knee medial meniscus tear",
        "chondromalacia patellae of the {side} knee",
        "{side} knee osteoarthritis",
        "sprain of the medial collateral ligament of the {side} knee",
        "{side} knee contusion",
        "internal derangement of the {side} knee",
        "status post {side} knee arthroscopy (2013)",
    ),
    findings=(
        "a moderate effusion",
        "a McMurray test that was positive medially",
        "flexion to 115 degrees",
        "an antalgic gait with a cane",
        "patellofemoral crepitation",
    ),
    tests=("MRI", "X-ray", "MR arthrogram", "CT scan"),
    surgeries=(
        "{Side} knee arthroscopy with partial medial meniscectomy",
        "{Side} total knee arthroplasty",
        "{Side} knee arthroscopic chondroplasty and synovectomy",
    ),
    devices=("Hinged knee brace", "Knee scooter", "Unloader brace", "Cold therapy unit"),
)
HAND = Region(
    name="wrist",
    mtus="mtus-forearm-wrist-hand",
    chapter=11,
    title="Forearm, Wrist, and Hand Complaints",
    pages=(253, 285),
    disorders="Hand, Wrist, and Forearm Disorders",
    disorder_years=(2016, 2019),
    odg="odg-forearm-wrist-hand",
    odg_names=("Forearm, Wrist, & Hand", "Forearm, Wrist, and Hand", "Forearm, Wrist, and hand"),
    sided=True,
    diagnoses=(
        "{side} carpal tunnel syndrome",
        "{side} wrist sprain",
        "de Quervain's tenosynovitis of the {side} wrist",
        "triangular fibrocartilage tear of the {side} wrist",
        "trigger finger of the {side} ring finger",
        "closed fracture of the {side} distal radius",
    ),
    findings=(
        "a positive Tinel's sign at the wrist",
        "a positive Phalen's test after 20 seconds",
        "mild thenar atrophy",
        "tenderness over the first dorsal compartment",
        "grip of 18 kilograms against 34 on the other side",
    ),
    tests=("MRI", "EMG/NCV", "X-ray", "Nerve conduction study"),
    surgeries=(
        "{Side} carpal tunnel release",
        "{Side} first dorsal compartment release",
    ),
    devices=("Wrist brace", "Thumb spica splint", "Paraffin bath unit"),
)
ELBOW = Region(
    name="elbow",
    mtus="mtus-elbow",
    chapter=10,
    title="Elbow Complaints",
    pages=(227, 251),
    disorders="Elbow Disorders",
    disorder_years=(2013, 2018, 2019),
    odg="odg-elbow",
    odg_names=("Elbow",),
    sided=True,
    diagnoses=(
        "{side} lateral epicondylitis",
        "{side} cubital tunnel syndrome",
        "{side} medial epicondylitis",
        "contusion of the {side} elbow",
    ),
    findings=(
        "pain with resisted wrist extension",
        "tenderness at the lateral epicondyle",
        "a positive elbow flexion test",
    ),
    tests=("MRI", "EMG/NCS", "X-ray"),
    surgeries=("{Side} ulnar nerve transposition", "{Side} lateral epicondyle release"),
    devices=("Counterforce strap", "Elbow brace"),
)
ANKLE = Region(
    name="ankle",
    mtus="mtus-ankle-foot",
    chapter=14,
    title="Ankle and Foot Complaints",
    pages=(361, 385),
    disorders="Ankle and Foot Disorders",
    disorder_years=(2015, 2018, 2019),
    odg="odg-ankle-foot",
    odg_names=("Ankle & Foot", "Ankle and Foot"),
    sided=True,
    diagnoses=(
        "{side} ankle sprain",
        "plantar fasciitis of the {side} foot",
        "{side} Achilles tendinitis",
        "fracture of the {side} fifth metatarsal",
        "{side} peroneal tendinopathy",
    ),
    findings=(
        "swelling about the lateral malleolus",
        "a positive anterior drawer test",
        "tenderness at the plantar heel",
        "difficulty with single leg stance",
    ),
    tests=("MRI", "X-ray", "CT scan"),
    surgeries=("{Side} ankle arthroscopy with debridement", "{Side} Brostrom ligament repair"),
    devices=("CAM boot", "Custom orthotics", "Ankle brace"),
)
REGIONS = (LOW_BACK, LOW_BACK, LOW_BACK, NECK, NECK, SHOULDER, SHOULDER, KNEE, HAND, ELBOW, ANKLE)
