"""What was reached in a case, in plain words, for an outside party that is told so much and no more."""

from __future__ import annotations

from collections.abc import Mapping

from amparo.desk.scene import Scene
from amparo.desk.words import pick
from amparo.lens.sight import reads_all
from amparo.pathways.model import Text

ON_THE_LINE = "opened"
"""Said by the first line of a page already."""

WORDS: Mapping[str, Text] = {
    "encountered": {"en": "Met", "pt": "Encontrada"},
    "contacted": {"en": "Contact made", "es": "Hubo contacto", "pt": "Contacto feito"},
    "offered": {"en": "Offered", "pt": "Proposto"},
    "no_thanks": {"en": "Said no", "pt": "Disse que não"},
    "accepted": {"en": "Said yes", "pt": "Disse que sim"},
    "referred": {"en": "Referred", "pt": "Encaminhado"},
    "opened": {"en": "Received", "pt": "Recebido"},
    "screened": {"en": "Screened", "pt": "Triado"},
    "assessed": {"en": "Assessed", "pt": "Avaliado"},
    "agreed": {"en": "Agreed", "pt": "Acordado"},
    "decided": {"en": "Decided", "pt": "Decidido"},
    "diverted": {"en": "Diverted", "pt": "Desviado da via penal"},
    "suspended": {"en": "Suspended", "pt": "Suspenso"},
    "warned": {"en": "Warned", "pt": "Advertido"},
    "sanctioned": {"en": "Sanctioned", "pt": "Sancionado"},
    "treatment_offered": {"en": "Treatment offered", "pt": "Tratamento proposto"},
    "treatment_accepted": {"en": "Treatment accepted", "pt": "Tratamento aceite"},
    "treatment_waiting": {"en": "Waiting for treatment", "pt": "À espera de tratamento"},
    "treatment_started": {"en": "Treatment begun", "pt": "Tratamento iniciado"},
    "treatment_stopped": {"en": "Treatment stopped", "pt": "Tratamento interrompido"},
    "treatment_completed": {"en": "Treatment completed", "pt": "Tratamento concluído"},
    "supported": {"en": "Supported", "pt": "Apoiado"},
    "housed": {"en": "Has a place to live", "pt": "Tem onde viver"},
    "in_work": {"en": "In work", "pt": "A trabalhar"},
    "restored": {"en": "Put right", "pt": "Reparado"},
    "charged": {"en": "Charged", "pt": "Acusado"},
    "first_appearance": {"en": "First appearance in court", "pt": "Primeira comparência em tribunal"},
    "bailed": {"en": "Bailed", "pt": "Libertado sob caução"},
    "remanded": {"en": "Remanded", "pt": "Em prisão preventiva"},
    "pleaded": {"en": "Pleaded", "pt": "Declarou-se"},
    "tried": {"en": "Tried", "pt": "Julgado"},
    "convicted": {"en": "Convicted", "pt": "Condenado"},
    "acquitted": {"en": "Acquitted", "pt": "Absolvido"},
    "sentenced": {"en": "Sentenced", "pt": "Pena aplicada"},
    "custody_in": {"en": "In custody", "pt": "Detido"},
    "custody_out": {"en": "Out of custody", "pt": "Libertado"},
    "record_made": {"en": "Record made", "pt": "Registo feito"},
    "record_cleared": {"en": "Record cleared", "pt": "Registo apagado"},
    "phase_reached": {"en": "Next phase reached", "pt": "Fase seguinte atingida"},
    "completed": {"en": "Completed", "pt": "Concluído"},
    "left": {"en": "Left", "pt": "Saiu"},
    "returned": {"en": "Came back", "pt": "Voltou"},
    "reopened": {"en": "Opened again", "pt": "Reaberto"},
    "transferred": {"en": "Transferred", "pt": "Transferido"},
    "re_contacted": {"en": "Contact with police again", "pt": "Novo contacto com a polícia"},
    "reoffended": {"en": "Reoffended", "pt": "Reincidiu"},
    "overdosed": {"en": "Overdose", "pt": "Overdose"},
    "died": {"en": "Died", "pt": "Faleceu"},
    "closed": {"en": "Closed", "pt": "Encerrado"},
}


def words(scene: Scene) -> tuple[str, ...]:
    """The milestones that this role is granted and the case has reached, without a day; nothing for who reads every
    step, where they stand in the story.
    """
    assert scene.view is not None
    if reads_all(scene.pathway, scene.role):
        return ()
    return tuple(pick(WORDS[m], m) for m in scene.view.milestones if m != ON_THE_LINE)
