"""Letters invented for tests: nobody's name, injury or words, in the form of each generation."""

from dataclasses import dataclass, field

HEADER = (
    "Case Number: CM15-0900001\n"
    "Date Assigned: 03/02/2015 Date of Injury: 05/06/2012\n"
    "Decision Date: 04/01/2015 UR Denial Date: 02/03/2015\n"
    "Priority: Standard Application\n"
    "Received:\n"
    "02/20/2015\n"
)
CREDENTIALS = (
    "HOW THE IMR FINAL DETERMINATION WAS MADE\n"
    "MAXIMUS Federal Services sent the complete case file to an expert reviewer.\n"
    "The Expert Reviewer has the following credentials:\n"
    "State(s) of Licensure: Utah, New Mexico\n"
    "Certification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Management\n"
)
SUMMARY_HEADING = (
    "CLINICAL CASE SUMMARY\n"
    "The expert reviewer developed the following clinical case summary based on a review of the\n"
    "case file, including all medical records:\n"
)
SUMMARY = (
    "The applicant is a 44-year-old female weaver who sustained an industrial injury on 5/6/2012.\n"
    "The diagnoses include left knee strain and right wrist sprain. Treatment to date has\n"
    "included rest and splinting. The request was denied on 2/3/2015.\n"
)
ISSUES_HEADING = (
    "IMR ISSUES, DECISIONS AND RATIONALES\n"
    "The Final Determination was based on decisions for the disputed items/services set forth\n"
    "below:\n"
)
WHY = (
    "The guideline asks for a trial of rest first. None is on record.\n"
    "Therefore, the request is not medically necessary."
)


@dataclass
class Invented:
    """An item as a letter prints it."""

    heading: str = "MRI of the left knee: Upheld"
    administrator: str = "Decision based on MTUS Knee Complaints 2004."
    expert: str = "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies."
    rationale: str = WHY

    def printed(self) -> str:
        return (
            f"{self.heading}\n"
            f"Claims Administrator guideline: {self.administrator}\n"
            f"MAXIMUS guideline: {self.expert}\n"
            f"Decision rationale: {self.rationale}\n"
        )


@dataclass
class Letter:
    """The parts of a letter; any may be emptied."""

    header: str = HEADER
    credentials: str = CREDENTIALS
    summary: str = SUMMARY_HEADING + SUMMARY
    issues: str = ISSUES_HEADING
    items: list[Invented] = field(default_factory=lambda: [Invented()])
    between: str = "\n"

    def printed(self) -> str:
        parts = [self.header, self.credentials, self.summary, self.issues]
        parts += [item.printed() for item in self.items]
        return self.between.join(part for part in parts if part)


EARLY_DECISIONS = """Notice of Independent Medical Review Determination
Dated: 11/20/2013
Date of UR Decision: 8/1/2013
Date of Injury: 2/14/2010
IMR Application Received: 8/15/2013
MAXIMUS Case Number: CM13-0900002
1) MAXIMUS Federal Services, Inc. has determined the request for a standing desk is not medically
necessary and appropriate.
2) MAXIMUS Federal Services, Inc. has determined the request for six acupuncture visits is
medically necessary and appropriate.
INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE
An application for Independent Medical Review was filed on 8/15/2013.
1) MAXIMUS Federal Services, Inc. has determined the request for a standing desk is not medically
necessary and appropriate.
2) MAXIMUS Federal Services, Inc. has determined the request for six acupuncture visits is
medically necessary and appropriate.
Medical Qualifications of the Expert Reviewer:
The physician reviewer is Board Certified in Family Practice, has a subspecialty in Pain Management
and is licensed to practice in Oregon and Nevada.
Case Summary:
The patient is a 39 year old male with a date of injury on February 14, 2010.
Documents Reviewed for Determination:
Application for review
1) Regarding the request for a standing desk:
Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make
His/Her Decision:
The Claims Administrator based its decision on the Official Disability Guidelines (ODG), Low Back
Chapter, which is not part of the MTUS. The Expert Reviewer based his/her decision on the ACOEM
Guidelines, Chapter 12 (Low Back Complaints), page 301, which is part of the MTUS.
Rationale for the Decision:
No measure of the workplace is on record. The request is not medically necessary and appropriate.
2) Regarding the request for six acupuncture visits:
Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make
His/Her Decision:
The Claims Administrator did not cite any evidence for its decision. The Expert Reviewer based
his/her decision on the Acupuncture Medical Treatment Guidelines, which is part of the MTUS.
Rationale for the Decision:
A first course is within what is allowed. The request is medically necessary and appropriate.
Effect of the Decision:
The determination is final.
"""

ONE_ISSUE = """MEDICAL PROFESSIONAL REVIEW
ISSUE AT DISPUTE:
Retrospective X-ray of the left elbow (DOS 1/11/2013)
CASE SUMMARY:
This is a 51 year old male with a date of injury on March 3, 2011.
DOCUMENTS REVIEWED FOR DETERMINATION:
Progress notes
MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL
REVIEWER AND WHY:
Elbow Complaints (ACOEM Practice Guidelines, 2nd Edition (2004)), page 238, part of the MTUS.
RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT
MEDICALLY NECESSARY:
No red flag is told. The film was not medically necessary.
MEDICAL REVIEWER QUALIFICATIONS:
The reviewer is Board Certified in Orthopedic Surgery and is licensed to practice in Idaho.
"""

NUMBERED = """MAXIMUS FEDERAL SERVICES, INC.
Independent Medical Review
Case Number: CM13-0900003
HOW THE IMR FINAL DETERMINATION WAS MADE
The Physician Reviewer is Board Certified in Internal Medicine and is licensed to practice in Ohio.
DOCUMENTS REVIEWED
Progress notes
CLINICAL CASE SUMMARY
The physician reviewer developed the following clinical case summary based on a review of the case
file, including all medical records:
The claimant is a 60 year old female with an injury date of 7/7/2007.
IMR DECISION(S) AND RATIONALE(S)
The Final Determination was based on decisions for the disputed items/services set forth below:
1. The request for Naproxen 500mg #60 is medically necessary and appropriate.
The Claims Administrator based its decision on the MTUS Chronic Pain Guidelines, page 80.
The Physician Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment
Guidelines (May, 2009), NSAIDs, GI symptoms & cardiovascular risk, pgs. 68, 69.
The Physician Reviewer's decision rationale: Its use is short. It is medically necessary.
"""
