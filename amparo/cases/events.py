"""The vocabulary of a case's log: every kind of event, declared once.

A kind says what its payload holds, its sentence for the timeline in each language, and how sensitive it is: which
question of the lens decides who may read it. Words are past tense, subject first. Clock starts, stops, pauses and
extensions are no events: `fold` derives them. There is no event for merely looking.
"""

from __future__ import annotations

from typing import NamedTuple

from amparo.pathways.model import Text


class Kind(NamedTuple):
    """One kind. holds: keys of the payload. says: sentence with {fields}. about: the lens's question
    (`Subject.kind`).
    """

    name: str
    holds: tuple[str, ...]
    about: str
    says: Text


def _kind(name: str, holds: str, about: str, en: str, pt: str) -> tuple[str, Kind]:
    return name, Kind(name, tuple(holds.split()), about, {"en": en, "pt": pt})


KINDS: dict[str, Kind] = dict(
    [
        # ---- the case as a whole
        _kind(
            "case.opened",
            "door site zone profile settings pathway version",
            "case",
            "Case opened: {door}.",
            "Processo aberto: {door}.",
        ),
        _kind(
            "case.recused",
            "id who code",
            "sitting",
            "A member does not decide in this case: {code}.",
            "Um membro não decide neste processo: {code}.",
        ),
        _kind(
            "case.linked",
            "kind other leads",
            "case",
            "Linked with another case: {kind}.",
            "Ligado a outro processo: {kind}.",
        ),
        _kind("case.transferred", "site", "case", "File sent to {site}.", "Processo remetido a {site}."),
        _kind(
            "case.received",
            "site zone settings",
            "case",
            "File arrived at {site}.",
            "Processo chegado a {site}.",
        ),
        _kind(
            "case.held",
            "rule",
            "case",
            "Legal hold: nothing is erased and nothing goes on ({rule}).",
            "Retenção legal: nada é apagado e nada avança ({rule}).",
        ),
        _kind(
            "case.released",
            "rule",
            "case",
            "Legal hold ended ({rule}).",
            "Retenção legal terminada ({rule}).",
        ),
        _kind(
            "case.erased",
            "rule",
            "case",
            "Words of this case erased ({rule}).",
            "Conteúdo do processo apagado ({rule}).",
        ),
        _kind(
            "other.entered",
            "party",
            "contact",
            "{party}: who they are, and how to reach them, was written down.",
            "{party}: ficou escrito quem é e como se contacta.",
        ),
        # ---- facts
        _kind(
            "fact.told",
            "fact value nothing given_by as_of",
            "fact",
            "{fact}: {value} ({given_by}).",
            "{fact}: {value} ({given_by}).",
        ),
        _kind(
            "fact.corrected",
            "fact seq value nothing given_by reason",
            "fact",
            "{fact} corrected: {value} ({given_by}).",
            "{fact}, correção: {value} ({given_by}).",
        ),
        # ---- steps
        _kind(
            "step.taken",
            "step from to terms rests_on sitting votes dissent accepted heard defence waived unmet items world to_site "
            "reasons settings causes choice words phase phase_waived",
            "step",
            "{step}{terms}.",
            "{step}{terms}.",
        ),
        _kind(
            "step.annulled",
            "seqs step basis reason",
            "case",
            "Taken back: {step}. Reason: {reason}",
            "Dado sem efeito: {step}. Motivo: {reason}",
        ),
        # ---- clocks
        _kind(
            "clock.warned",
            "clock n due",
            "clock",
            "{clock}: the end is near, due {due}.",
            "{clock}: fim próximo, até {due}.",
        ),
        _kind(
            "clock.expired",
            "clock n due period",
            "clock",
            "{clock}: the time ran out ({due}).",
            "{clock}: o prazo terminou ({due}).",
        ),
        # ---- tests
        _kind("schedule.drawn", "schedule secret", "draw", "{schedule}: began.", "{schedule}: início."),
        _kind(
            "test.ordered",
            "id schedule day due window",
            "test",
            "{schedule} of {day}: asked for, until {due}.",
            "{schedule} de {day}: pedido, até {due}.",
        ),
        _kind(
            "test.collected",
            "id schedule day outcome specimen",
            "test",
            "{schedule} of {day}: {outcome}{specimen}.",
            "{schedule} de {day}: {outcome}{specimen}.",
        ),
        _kind(
            "test.resulted",
            "id schedule day class told",
            "result",
            "{schedule} of {day}: {class}.",
            "{schedule} de {day}: {class}.",
        ),
        # ---- sittings
        _kind(
            "sitting.set",
            "id sitting body at place members vacant chair",
            "sitting",
            "{sitting} set for {at}.",
            "{sitting} marcada para {at}.",
        ),
        _kind(
            "sitting.moved",
            "id sitting at place",
            "sitting",
            "{sitting} moved to {at}.",
            "{sitting} passada para {at}.",
        ),
        _kind(
            "sitting.opened",
            "id sitting body place members present impeded vacant chair",
            "sitting",
            "{sitting}: {present} present, {impeded} impeded.",
            "{sitting}: {present} presentes, {impeded} impedidos.",
        ),
        _kind(
            "sitting.confirmed",
            "id sitting who step_seq vote words",
            "vote",
            "{sitting}: a member confirmed their vote.",
            "{sitting}: um membro confirmou o seu voto.",
        ),
        _kind("sitting.closed", "id sitting minutes", "sitting", "{sitting} closed.", "{sitting} encerrada."),
        # ---- obligations
        _kind(
            "obligation.agreed",
            "id obligation terms due whose words",
            "obligation",
            "Agreed: {obligation}{terms}.",
            "Acordado: {obligation}{terms}.",
        ),
        _kind(
            "obligation.progressed",
            "id obligation amount term reverses words evidence",
            "obligation",
            "{obligation}: {amount}.",
            "{obligation}: {amount}.",
        ),
        _kind(
            "obligation.waiting",
            "id obligation whose reasons",
            "obligation",
            "{obligation}: waiting, on the side of {whose}.",
            "{obligation}: em espera, por parte de {whose}.",
        ),
        _kind(
            "obligation.met",
            "id obligation evidence words",
            "obligation",
            "{obligation}: met.",
            "{obligation}: cumprido.",
        ),
        _kind(
            "obligation.varied",
            "id obligation terms due reasons up_to agreed words",
            "obligation",
            "{obligation} changed{terms}.",
            "{obligation}, alteração{terms}.",
        ),
        _kind(
            "obligation.waived",
            "id obligation reasons",
            "obligation",
            "{obligation}: no longer asked.",
            "{obligation}: dispensado.",
        ),
        _kind(
            "obligation.breached",
            "id obligation whose reasons sitting votes dissent",
            "obligation",
            "{obligation}: a breach was found.",
            "{obligation}: incumprimento verificado.",
        ),
        _kind(
            "obligation.ended",
            "id obligation reasons",
            "obligation",
            "{obligation}: ended.",
            "{obligation}: terminado.",
        ),
        # ---- consents
        _kind(
            "consent.given",
            "id consent to about until signature",
            "consent",
            "Consent given: {consent}, to {to}.",
            "Consentimento dado {to}: {consent}.",
        ),
        _kind(
            "consent.withdrawn",
            "id consent to",
            "consent",
            "Consent withdrawn: {consent}, to {to}.",
            "Consentimento retirado {to}: {consent}.",
        ),
        _kind(
            "consent.ended",
            "id consent to",
            "consent",
            "Consent ended: {consent}, to {to}.",
            "Consentimento dado {to}, terminado: {consent}.",
        ),
        _kind(
            "consent.receipt",
            "id consent to receipt",
            "consent",
            "Confirmed that it was withdrawn: {consent}, to {to}.",
            "Retirada confirmada, do consentimento dado {to}: {consent}.",
        ),
        # ---- who works on it, and contact
        _kind("assignment.made", "role who", "case", "Taken on as {role}.", "Atribuído: {role}."),
        _kind(
            "assignment.ended",
            "role who",
            "case",
            "No longer assigned: {role}.",
            "Deixou de estar atribuído: {role}.",
        ),
        _kind(
            "contact.added",
            "next where words",
            "contact",
            "Written down after the contact. Next: {next}.",
            "Anotado depois do contacto. A seguir: {next}.",
        ),
        _kind(
            "contact.tried",
            "channel result next where words",
            "contact",
            "Contact tried ({channel}): {result}.",
            "Tentativa de contacto ({channel}): {result}.",
        ),
        _kind(
            "contact.made",
            "channel result next where words",
            "contact",
            "Contact made ({channel}): {result}.",
            "Contacto feito ({channel}): {result}.",
        ),
        # ---- letters
        _kind(
            "letter.due",
            "id letter to hour language",
            "letter",
            "Letter to be given: {letter}, to {to}.",
            "Documento a entregar {to}: {letter}.",
        ),
        _kind(
            "letter.made",
            "id letter to language",
            "letter",
            "Letter made: {letter}, for {to}.",
            "Documento emitido para entregar {to}: {letter}.",
        ),
        _kind(
            "letter.delivered",
            "id letter to how proof",
            "letter",
            "Letter reached {to}: {letter} ({how}).",
            "Documento entregue {to}: {letter} ({how}).",
        ),
        _kind(
            "letter.returned",
            "id letter to how proof",
            "letter",
            "Letter came back: {letter}, to {to} ({how}).",
            "Documento dirigido {to} e devolvido: {letter} ({how}).",
        ),
        # ---- notices
        _kind(
            "notice.due",
            "id notice to ground",
            "notice",
            "To be sent: {notice}, to {to}.",
            "A enviar {to}: {notice}.",
        ),
        _kind(
            "notice.sent",
            "id notice to how",
            "notice",
            "Sent: {notice}, to {to} ({how}).",
            "Enviado {to}: {notice} ({how}).",
        ),
        _kind(
            "notice.withheld",
            "id notice to ground",
            "notice",
            "Not sent, its ground is lacking: {notice}, to {to}.",
            "Não enviado {to}, falta fundamento: {notice}.",
        ),
        _kind(
            "notice.cancelled",
            "id notice to",
            "notice",
            "Not to be sent any more: {notice}, to {to}.",
            "Já não se envia {to}: {notice}.",
        ),
        _kind(
            "notice.received",
            "id notice to receipt",
            "notice",
            "Receipt from {to}: {notice}.",
            "Recibo relativo ao que se enviou {to}: {notice}.",
        ),
        _kind(
            "notice.corrected",
            "id notice to reason",
            "notice",
            "To be corrected with {to}: {notice}.",
            "Correção a enviar {to}: {notice}.",
        ),
        # ---- support
        _kind(
            "need.noted",
            "id kind words audience",
            "support",
            "A need was noted: {kind}.",
            "Necessidade registada: {kind}.",
        ),
        _kind(
            "advice.given",
            "id kind words audience",
            "support",
            "Advice given: {kind}.",
            "Aconselhamento: {kind}.",
        ),
        _kind(
            "help.offered",
            "id kind words answer audience",
            "support",
            "Help offered: {kind}. Answer: {answer}.",
            "Apoio proposto: {kind}. Resposta: {answer}.",
        ),
        _kind(
            "referral.sent",
            "id kind to says consent due audience",
            "support",
            "Referred: {kind}, to {to}. Answer awaited until {due}.",
            "Encaminhado {to}: {kind}. Resposta esperada até {due}.",
        ),
        _kind(
            "referral.linked",
            "id kind to link",
            "support",
            "A link to answer was made for the service ({kind}); an earlier one is dead.",
            "Criada uma ligação para o serviço responder ({kind}); a anterior deixou de servir.",
        ),
        _kind(
            "referral.asks_call",
            "id kind to words where said_by",
            "support",
            "The service asks to be called first ({kind}); that is no answer.",
            "O serviço pede que lhe liguem primeiro ({kind}); não é uma resposta.",
        ),
        _kind(
            "referral.answered",
            "id kind to answer reason whose place next where said_by words",
            "support",
            "Answer to the referral ({kind}): {answer}.",
            "Resposta ao encaminhamento ({kind}): {answer}.",
        ),
        _kind(
            "referral.chased",
            "id kind to how next",
            "support",
            "Referral chased ({kind}).",
            "Insistência no encaminhamento ({kind}).",
        ),
        _kind(
            "referral.ended",
            "id kind to reason",
            "support",
            "Referral ended ({kind}).",
            "Encaminhamento terminado ({kind}).",
        ),
        # ---- rights
        _kind(
            "disclosure.made",
            "kind id to what why",
            "case",
            "Told to {to} in an emergency: {what}. Why: {why}.",
            "Comunicado {to} em emergência: {what}. Porquê: {why}.",
        ),
        _kind(
            "disclosure.reviewed",
            "kind id to words",
            "case",
            "Emergency disclosure looked at: {words}.",
            "Comunicação de emergência analisada: {words}.",
        ),
        _kind(
            "demand.received",
            "kind id asker under what due",
            "case",
            "Legal demand of {asker}, under {under}: {what}. It opens nothing; an answer is due: {due}.",
            "Pedido de {asker}, ao abrigo de {under}: {what}. Nada foi aberto; resposta até: {due}.",
        ),
        _kind(
            "demand.answered",
            "kind id asker answer words",
            "case",
            "Legal demand of {asker} answered: {answer}. {words}.",
            "Resposta ao pedido de {asker}: {answer}. {words}.",
        ),
        _kind("right.asked", "id right words", "case", "Asked: {right}.", "Pedido: {right}."),
        _kind("right.answered", "id right words", "case", "Answered: {right}.", "Resposta: {right}."),
    ]
)
"""Every kind that this version operates; schedules, tests and version moves are further chapters."""
