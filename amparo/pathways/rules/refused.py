"""Forms of CEL, and habits from other languages, that rules do not have: what to write instead of each."""

FUNCTIONS = ("duration", "years_between", "days_between", "date_of")

MACROS = ("exists", "all")

CALLS: dict[str, str] = {
    "has": "an answer that is missing is already 'not known': write the name alone",
    "size": "ask whether one exists: list.exists(i, …)",
    "exists_one": "use exists",
    "existsOne": "use exists",
    "map": "use exists or all, or a derived value with group and sum",
    "filter": "put the condition inside: list.exists(i, condition && …)",
    "transformList": "use exists or all",
    "transformMap": "use exists or all",
    "matches": "rules read no text: declare a fact with codes",
    "contains": "for a list of codes write 'code' in list; rules read no text",
    "startsWith": "rules read no text: declare a fact with codes",
    "endsWith": "rules read no text: declare a fact with codes",
    "timestamp": "put the date in a setting, or use a dated version of the rule",
    "getFullYear": "use years_between or days_between",
    "getMonth": "use a dated version of the rule",
    "getDate": "use date_of",
    "getDayOfMonth": "use date_of",
    "getDayOfWeek": "days off stand in the site's calendar, and clocks know them",
    "getDayOfYear": "use days_between",
    "getHours": "compare instants, or use a duration",
    "getMinutes": "compare instants, or use a duration",
    "getSeconds": "compare instants, or use a duration",
    "getMilliseconds": "time is counted in whole seconds",
    "int": "kinds never mix: declare the fact with the kind the rule needs",
    "uint": "kinds never mix: declare the fact with the kind the rule needs",
    "double": "kinds never mix: declare the fact with the kind the rule needs",
    "string": "kinds never mix: declare the fact with the kind the rule needs",
    "bytes": "kinds never mix: declare the fact with the kind the rule needs",
    "bool": "kinds never mix: declare the fact with the kind the rule needs",
    "type": "kinds are declared with each fact, a rule need not ask",
    "dyn": "kinds are declared with each fact, a rule need not ask",
    "optional": "an answer that is missing is already 'not known': write the name alone",
    "orValue": "what is not known stays not known: no value may stand in for it",
}
"""Functions of CEL and its extensions that are refused, with the remedy."""

WORDS: dict[str, str] = {
    "and": "write &&",
    "or": "write ||",
    "not": "write !",
    "is": "write ==",
    "if": "write condition ? one : other, or && and ||",
    "then": "write condition ? one : other",
    "else": "write condition ? one : other",
    "True": "write true",
    "False": "write false",
    "yes": "write the name alone, or true",
    "no": "write ! before the name, or false",
    "None": "leave it out: an answer that is missing is already 'not known'",
    "unknown": "leave it out: an answer that is missing is already 'not known'",
}
"""Words of other languages, and of the answers themselves."""

NULL = "leave it out: an answer that is missing is already 'not known'"

RESERVED = frozenset({"as", "break", "const", "continue", "else", "for", "function", "if", "import", "let"})
RESERVED |= {"loop", "package", "namespace", "return", "var", "void", "while"}
"""Words that CEL keeps for itself."""

SIGNS: dict[str, tuple[str, str]] = {
    "/": ("rules do not divide", "multiply on the other side of the comparison"),
    "%": ("rules have no remainder", "use a clock, or a fact with codes"),
    "{": ("maps and messages are not part of rules", "declare a table"),
    "}": ("maps and messages are not part of rules", "declare a table"),
    "=": ("'=' is not a comparison", "write =="),
    "&": ("'&' is not an operator of rules", "write &&"),
    "|": ("'|' is not an operator of rules", "write ||"),
    '"': ("double quotes surround the whole rule in the file", "write codes in single quotes, 'code'"),
    "`": ("quoted names are not part of rules", "write the name as it is declared"),
    ";": ("a rule is one expression", "join conditions with && or ||"),
    "#": ("'#' is not part of a rule", "put the remark in the key note"),
    "≥": ("'≥' is not an operator of rules", "write >="),
    "≤": ("'≤' is not an operator of rules", "write <="),
    "≠": ("'≠' is not an operator of rules", "write !="),
    "’": ("this is not a straight quote", "write codes in straight single quotes, 'code'"),
    "‘": ("this is not a straight quote", "write codes in straight single quotes, 'code'"),
}
"""Signs that are refused: what is wrong, what to write."""
