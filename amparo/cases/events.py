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
            "kind other",
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
            "reasons settings causes choice words",
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
            "id obligation evidence",
            "obligation",
            "{obligation}: met.",
            "{obligation}: cumprido.",
        ),
        _kind(
            "obligation.varied",
            "id obligation terms due reasons",
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
            "contact.tried",
            "channel result next",
            "contact",
            "Contact tried ({channel}): {result}.",
            "Tentativa de contacto ({channel}): {result}.",
        ),
        _kind(
            "contact.made",
            "channel result next",
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
            "referral.answered",
            "id kind to answer reason whose place next",
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
        _kind("right.asked", "id right words", "case", "Asked: {right}.", "Pedido: {right}."),
        _kind("right.answered", "id right words", "case", "Answered: {right}.", "Resposta: {right}."),
    ]
)
"""Every kind that this version operates; schedules, tests and version moves are further chapters."""
