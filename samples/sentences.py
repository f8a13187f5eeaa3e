"""What invented experts say of each kind of treatment. {short} is how the request is named."""

STATEMENTS: dict[str, tuple[str, ...]] = {
    "opioid": (
        "Ongoing opioid use calls for a record of pain relief, function, side effects and "
        "aberrant behavior at each visit.",
        "When function has not improved and the dose keeps rising, tapering rather than renewal "
        "is the usual course.",
        "A signed agreement, a risk assessment and periodic drug tests belong to long-term use.",
        "Opioids for more than a few weeks of back pain have little support in controlled trials.",
    ),
    "muscle relaxant": (
        "Sedating muscle relaxants are an option for a short course during a flare, no longer "
        "than two to three weeks.",
        "The effect of these agents is greatest in the first four days and wanes thereafter.",
        "No benefit has been shown beyond that of anti-inflammatory drugs in most back pain.",
    ),
    "nsaid": (
        "Anti-inflammatory drugs are best given briefly and in small doses.",
        "Risk to the kidneys, the stomach and the heart grows with dose and with time.",
        "For osteoarthritis an anti-inflammatory is an option when acetaminophen is not enough.",
    ),
    "acid suppressant": (
        "Protection of the stomach is considered for those over 65, with prior ulcer or bleeding, "
        "or on anticoagulants, steroids or several NSAIDs.",
        "Long use of proton pump inhibitors has been tied to hip fracture.",
    ),
    "nerve pain drug": (
        "First-line agents for neuropathic pain are judged by a fall in pain of 30 to 50 percent.",
        "After the trial begins, relief and side effects are to be recorded at each visit.",
        "Evidence for non-specific axial pain without nerve involvement is thin.",
    ),
    "topical": (
        "A mixture is no better supported than the least supported of its ingredients.",
        "Few controlled trials have looked at creams and patches for this complaint.",
        "Lidocaine in patch form is for localized peripheral pain after a first-line drug failed.",
    ),
    "sleep or anxiety drug": (
        "Most guidelines limit use to four weeks, since tolerance and dependence come quickly.",
        "Sleep hygiene and a search for the cause of the sleeplessness come before pills.",
    ),
    "physical therapy": (
        "Visits are expected to thin out over time, as the worker takes up an active program "
        "at home.",
        "Nine to ten visits over eight weeks are supported for myalgia and myositis.",
        "Further visits depend on objective gains made in the visits already attended.",
    ),
    "chiropractic": (
        "A trial of six visits over two weeks comes first, and more only with functional gains.",
        "Manual therapy is not recommended for the wrist, the knee, the ankle or the foot.",
    ),
    "acupuncture": (
        "Three to six treatments are the time to produce functional improvement; extension "
        "follows when it is documented.",
        "Needling may take the place of pills that are being cut back or upset the stomach.",
    ),
    "imaging": (
        "Special studies are not needed until four to six weeks of care have failed, unless a red "
        "flag is present.",
        "Imaging is warranted when the examination shows nerve compromise and surgery is an "
        "option.",
        "A repeat study is reserved for a significant change in symptoms or findings.",
        "Relying on imaging alone carries a real risk of findings that do not explain the pain.",
    ),
    "nerve test": (
        "Electrodiagnostic tests help find subtle focal dysfunction when symptoms last beyond "
        "three to four weeks and the examination is unclear.",
        "They add little where radiculopathy is already plain on clinical grounds.",
    ),
    "drug test": (
        "Screening is an option to check for the use or presence of illegal drugs before and "
        "during opioid therapy, as often as the risk requires.",
        "Those at low risk are tested within six months of the start and then yearly.",
    ),
    "laboratory": (
        "Package inserts of anti-inflammatory drugs advise periodic blood counts and chemistry.",
        "Testing before an operation is guided by the history, the co-morbidities and the "
        "examination.",
    ),
    "stimulator": (
        "A one-month home trial may be considered as an adjunct to functional restoration, with a "
        "record of how often it was used and what it did.",
        "Rental is preferred to purchase during the trial.",
    ),
    "device": (
        "Supports have not been shown to have lasting benefit beyond the acute phase.",
        "Durable equipment is what withstands repeated use and serves a medical purpose.",
    ),
    "epidural": (
        "Radiculopathy must be documented on examination and corroborated by imaging or tests.",
        "A repeat block rests on at least 50 percent relief for six to eight weeks, with less "
        "medication.",
    ),
    "injection": (
        "Needle procedures of this kind rarely change the course of such complaints.",
        "A twitch response with referred pain must be on record for over three months.",
        "One or two injections may be tried before surgery is thought of.",
    ),
    "operation": (
        "Surgery is considered with activity limits of more than one month, failure of an "
        "exercise program, and a lesion on imaging known to benefit from repair.",
        "Clear clinical, imaging and electrophysiologic evidence of the same lesion is expected.",
    ),
    "around operation": (
        "Such services follow the operation they belong to.",
        "Use after surgery is generally up to seven days.",
    ),
    "consultation": (
        "A referral is proper when the diagnosis is uncertain or extremely complex.",
        "The need for a visit is individual and rests on signs, symptoms and stability.",
    ),
    "capacity evaluation": (
        "An evaluation of capacity is considered when case management is hampered by prior "
        "failed attempts to return to work.",
    ),
    "psychology": (
        "An initial trial of three to four visits over two weeks is supported, with up to ten "
        "visits upon objective gains.",
        "Coping skills are often of more use in pain than ongoing medication.",
    ),
    "program": (
        "Entry requires a thorough evaluation, loss of function, failure of earlier care, and a "
        "will to change.",
        "A gym is not medical treatment unless a home program failed and equipment is needed.",
    ),
    "home care": (
        "Home services are for those who are homebound, part time, up to 35 hours a week.",
        "Shopping, cleaning and laundry are not medical treatment.",
    ),
    "dental": ("Repair of teeth after trauma, or after years of dry mouth, may be considered.",),
    "other": ("The guidelines at hand are silent on this service.",),
}
AUTHORITIES = (
    "According to the MTUS, ",
    "The cited guidelines state as follows. ",
    "Per the guideline above, ",
    "The California MTUS guidelines speak to this matter. ",
    "The MTUS is silent, so other guidance was sought. ",
    "",
    "",
)
AGAINST = (
    "In this case, no gain in function is on record from the treatment given so far.",
    "The notes supplied do not say how {short} would change the plan of care.",
    "The {worker} has already exceeded the number or duration supported.",
    "There is no documentation of a failed trial of first-line care.",
    "Here, the examination is silent on objective deficits that would support {short}.",
    "It is unclear from the progress report why {short} was asked for at this time.",
    "No red flags were noted, and conservative care was not exhausted.",
    "The frequency and duration were not specified in the request.",
)
IN_FAVOR = (
    "In this case, the record shows objective deficits that match the complaint.",
    "Conservative care over three months failed, as the notes make plain.",
    "The {worker} has shown functional gains with reduced medication.",
    "The request falls within the number supported, and a home program is under way.",
    "Here the attending provider has laid out a clear plan that depends on {short}.",
    "Persistent symptoms, a consistent examination and prior imaging support {short}.",
)
NEUTRAL = (
    "The {worker} remains on modified duty.",
    "Records of 2013 and later were reviewed, and the narrative of the primary treating "
    "physician was weighed.",
    "The claims administrator denied the request for want of information.",
    "Prior care was partially certified by utilization review.",
    "Pain is rated {n}/10 with medication and {m}/10 without.",
    "Side effects such as drowsiness were denied.",
    "The 12-point review of systems was non-contributory.",
)
UPHELD = (
    "Therefore, the request is not medically necessary.",
    "As such, {service} is not medically necessary.",
    "Thus, the request for {service} is not medically necessary.",
    "The request is not medically necessary and appropriate.",
    "Therefore {short} is not medically necessary at this time.",
    "Based on the above, medical necessity has not been established.",
    "Consequently, the requested treatment is determined to be not medically necessary.",
    "For these reasons, the request was not medically necessary.",
    "This request is not considered medically necessary.",
)
OVERTURNED = (
    "Therefore, the request is medically necessary.",
    "As such, {service} is medically necessary.",
    "The request is medically necessary and appropriate.",
    "Thus, {short} is medically necessary in this case.",
    "Medical necessity has been established.",
    "Based on the above, the requested treatment is considered medically necessary.",
)
NO_VERDICT = {
    "upheld": (
        "The request cannot be supported.",
        "Further information would be needed to support {short}.",
        "Non-certification is recommended.",
        "",
    ),
    "overturned": ("The request is supported.", "Approval of {short} is in keeping with this."),
}
TAPERING = (
    "Sudden cessation of this class of drug can bring on withdrawal. Nothing here asks for it to "
    "be stopped abruptly, and a gradual taper under supervision is advised.",
    "It should be noted that this medication is best weaned slowly, under the care of the "
    "prescriber, rather than stopped at once.",
)
OTHERWISE = (
    "There is some support for a brief course, and the complaint is genuine. However,",
    "While the guideline does not endorse it outright, and the criteria are not all met,",
)
