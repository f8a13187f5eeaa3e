"""Kinds of treatment: their category, and where the guidelines speak of them.

Topics and pages are those of the 2009 chronic-pain guideline in the reader's catalogue; `later`
are topics as letters of 2016 and 2017 print them; `newest` those after 2017.
"""

from dataclasses import dataclass

OPIOIDS = "Opioids for Chronic Pain and Chronic Opioid Treatment"


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    category: str
    topics: tuple[tuple[str, int, int], ...] = ()
    later: tuple[str, ...] = ()
    newest: tuple[str, ...] = ()
    section: str = ""  # section of the body part's chapter that treats it
    odg: str = "region"  # slug of an ODG chapter, or "region" for the body part's own
    odg_topics: tuple[str, ...] = ()
    opioid_sections: tuple[str, ...] = ()


NSAID_TOPICS = (
    "NSAIDs (non-steroidal anti-inflammatory drugs)",
    "NSAIDs, GI symptoms & cardiovascular risk",
    "NSAIDs, hypertension and renal function",
    "NSAIDs, specific drug list & adverse effects",
)
OPIOID_SECTIONS = (
    "1.4 Opioids for Acute Pain: Opioids for Post-operative Pain",
    f"3. {OPIOIDS}: Overview of Recommendations Regarding Chronic Opioid Treatment",
    f"3.2 {OPIOIDS}: Consideration of Alternative Treatments for Chronic Pain and "
    "Chronic Opioid Treatment",
    f"3.3.8 {OPIOIDS}: Opioid Titration and Dosing Threshold",
)
DRUG_TEST = f"3.3.6 {OPIOIDS}: Use of Urine Drug Testing (UDT)"
TENS = "TENS, chronic pain (transcutaneous electrical nerve stimulation)"

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "opioid",
            "pharmaceutical",
            topics=(
                ("Opioids, criteria for use", 76, 80),
                ("Opioids, specific drug list", 91, 94),
                ("Opioids, dosing", 86, 87),
                ("Weaning of Medications", 124, 124),
            ),
            later=("Opioids, criteria for use", "Tramadol (Ultram)"),
            newest=("Opioids", "Opioid Treatment Agreements"),
            odg="odg-pain",
            odg_topics=("Opioids, specific drug list", "Opioids for chronic pain"),
            opioid_sections=OPIOID_SECTIONS,
        ),
        Kind(
            "muscle relaxant",
            "pharmaceutical",
            topics=(
                ("Muscle relaxants (for pain)", 63, 66),
                ("Cyclobenzaprine (Flexeril)", 41, 42),
            ),
            later=("Muscle relaxants (for pain)", "Cyclobenzaprine (Flexeril)"),
            newest=("Skeletal Muscle Relaxants",),
            odg="odg-pain",
            odg_topics=("Muscle relaxants (for pain)", "Non-sedating muscle relaxants"),
        ),
        Kind(
            "nsaid",
            "pharmaceutical",
            topics=((NSAID_TOPICS[0], 67, 68), (NSAID_TOPICS[3], 70, 73)),
            later=NSAID_TOPICS,
            newest=("NSAIDs", "Acetaminophen"),
            section="Initial Care",
            odg="odg-pain",
            odg_topics=("NSAIDs (non-steroidal anti-inflammatory drugs)", "Diclofenac"),
        ),
        Kind(
            "acid suppressant",
            "pharmaceutical",
            topics=((NSAID_TOPICS[1], 68, 69),),
            later=(NSAID_TOPICS[1], "Proton Pump Inhibitors (PPIs)"),
            newest=("Cytoprotective Medications",),
            odg="odg-pain",
            odg_topics=("Proton pump inhibitors (PPIs)",),
        ),
        Kind(
            "nerve pain drug",
            "pharmaceutical",
            topics=(
                ("Anti-epilepsy drugs (AEDs)", 16, 22),
                ("Antidepressants for chronic pain", 13, 16),
            ),
            later=("Anti-epilepsy drugs (AEDs) for pain", "Antidepressants for chronic pain"),
            newest=("Anti-Convulsants", "Norepinephrine Reuptake Inhibitors"),
            odg="odg-pain",
            odg_topics=("Anti-epilepsy drugs (AEDs) for pain", "Antidepressants for chronic pain"),
        ),
        Kind(
            "topical",
            "pharmaceutical",
            topics=(("Topical Analgesics", 111, 113), ("Lidoderm (lidocaine patch)", 56, 57)),
            later=("Topical analgesics", "Lidoderm (lidocaine patch)", "Compound drugs"),
            newest=("Topical Medications",),
            odg="odg-pain",
            odg_topics=("Topical Analgesics", "Compound drugs"),
        ),
        Kind(
            "sleep or anxiety drug",
            "pharmaceutical",
            topics=(("Benzodiazepines", 24, 24),),
            later=("Benzodiazepines",),
            newest=("Sedatives",),
            odg="odg-mental-stress",
            odg_topics=("Insomnia treatment", "Zolpidem (Ambien)"),
        ),
        Kind(
            "physical therapy",
            "therapy",
            topics=(("Physical Medicine", 98, 99),),
            later=("Physical medicine treatment",),
            newest=("Physical or Occupational Therapy", "Exercise"),
            section="Initial Care",
            odg_topics=("Physical therapy", "Physical Therapy (PT)", "Physical medicine treatment"),
        ),
        Kind(
            "chiropractic",
            "therapy",
            topics=(("Manual therapy & manipulation", 58, 60),),
            later=("Manual therapy & manipulation",),
            newest=("Manipulation", "Mobilization"),
            section="Physical Methods",
            odg_topics=("Manipulation", "Chiropractic"),
        ),
        Kind(
            "acupuncture",
            "therapy",
            newest=("Acupuncture",),
            section="Initial Care",
            odg_topics=("Acupuncture",),
        ),
        Kind(
            "imaging",
            "diagnostic",
            newest=("Magnetic Resonance Imaging", "Diagnostic Testing"),
            section="Special Studies",
            odg_topics=("MRI (magnetic resonance imaging)", "Magnetic Resonance Imaging (MRI)"),
        ),
        Kind(
            "nerve test",
            "diagnostic",
            later=("Electrodiagnostic testing (EMG/NCS)",),
            newest=("Electrodiagnostic Studies",),
            section="Special Studies",
            odg_topics=("EMG (electromyography)", "NCV (nerve conduction velocity)"),
        ),
        Kind(
            "drug test",
            "diagnostic",
            topics=(("Drug testing", 43, 43), ("Opioids, steps to avoid misuse/addiction", 94, 95)),
            later=("Drug testing",),
            newest=("Urine Drug Testing",),
            odg="odg-pain",
            odg_topics=("Urine drug testing (UDT)",),
            opioid_sections=(DRUG_TEST,),
        ),
        Kind(
            "laboratory",
            "diagnostic",
            topics=((NSAID_TOPICS[3], 70, 73),),
            later=(NSAID_TOPICS[3],),
            newest=("Laboratory Tests",),
            odg="odg-low-back",
            odg_topics=("Preoperative lab testing", "Preoperative testing, general"),
        ),
        Kind(
            "stimulator",
            "dme",
            topics=((TENS, 114, 116), ("H-wave stimulation (HWT)", 117, 118)),
            later=(TENS,),
            newest=("TENS", "Electrical Therapies"),
            section="Initial Care",
            odg_topics=("TENS (transcutaneous electrical nerve stimulation)",),
        ),
        Kind(
            "device",
            "dme",
            newest=("Braces and Supports", "Devices"),
            section="Initial Care",
            odg_topics=("Durable medical equipment (DME)", "Lumbar supports", "Braces"),
        ),
        Kind(
            "epidural",
            "injection",
            topics=(("Epidural steroid injections (ESIs)", 46, 46),),
            later=("Epidural steroid injections (ESIs)",),
            newest=("Epidural Glucocorticosteroid Injections",),
            section="Physical Methods",
            odg_topics=("Epidural steroid injections (ESIs), therapeutic",),
        ),
        Kind(
            "injection",
            "injection",
            topics=(("Trigger point injections", 122, 122),),
            later=("Trigger point injections (TPIs)",),
            newest=("Injections", "Glucocorticosteroid Injections"),
            section="Initial Care",
            odg_topics=("Facet joint diagnostic blocks", "Steroid injections"),
        ),
        Kind(
            "operation",
            "surgery",
            newest=("Surgical Considerations", "Surgery"),
            section="Surgical Considerations",
            odg_topics=("Surgery", "Indications for surgery"),
        ),
        Kind(
            "around operation",
            "surgery",
            newest=("Perioperative Care",),
            section="Surgical Considerations",
            odg_topics=("Continuous-flow cryotherapy", "Preoperative testing, general"),
        ),
        Kind(
            "consultation",
            "evaluation",
            later=("Office visits",),
            newest=("Consultation", "Follow-up Visits"),
            section="Initial Care",
            odg="odg-pain",
            odg_topics=("Office visits",),
        ),
        Kind(
            "capacity evaluation",
            "evaluation",
            topics=(("Work conditioning, work hardening", 125, 126),),
            later=("Work conditioning, work hardening",),
            newest=("Functional Capacity Evaluations",),
            odg="odg-fitness-for-duty",
            odg_topics=("Functional capacity evaluation (FCE)",),
        ),
        Kind(
            "psychology",
            "mental_health",
            topics=(("Behavioral interventions", 23, 23), ("Psychological treatment", 101, 102)),
            later=("Behavioral interventions", "Psychological treatment"),
            newest=("Cognitive Behavioral Therapy",),
            odg="odg-mental-stress",
            odg_topics=("Cognitive therapy for depression", "Psychological evaluations"),
        ),
        Kind(
            "program",
            "program",
            topics=(
                ("Chronic pain programs (functional restoration programs)", 30, 34),
                ("Functional restoration programs (FRPs)", 49, 49),
            ),
            later=("Chronic pain programs (functional restoration programs)",),
            newest=("Interdisciplinary Pain Rehabilitation Programs",),
            odg="odg-pain",
            odg_topics=("Gym memberships", "Chronic pain programs"),
        ),
        Kind(
            "home care",
            "home_health",
            topics=(("Home health services", 51, 51),),
            later=("Home health services",),
            newest=("Home Health Care",),
            odg="odg-knee-leg",
            odg_topics=("Transportation", "Home health services"),
        ),
        Kind("dental", "dental", odg="odg-head", odg_topics=("Dental trauma treatment",)),
        Kind("other", "other", odg="odg-pain", odg_topics=("Office visits",)),
    )
}
