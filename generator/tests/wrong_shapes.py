"""Lines of specs that have the wrong shape, and every complaint that they get."""

from __future__ import annotations

# A model file with one line more, or with another line in the place of its own; the complaints stand on line 1.
BAD: list[tuple[str, list[str]]] = [
    ("titel: x", ['1: unknown key "titel" in a model file; did you mean "title"? [unknown-key]']),
    ("zzz: x", ['1: unknown key "zzz" in a model file [unknown-key]']),
    ("model: 5", ['8: "model" must be the id of a model, not the number 5; put quotes around it [wrong-type]']),
    ("model: [5]", ['8: "model" must be the id of a model, not a list [wrong-type]']),
    ('model: "a\\nb"', ['8: "model" cannot be "a\\nb"; the id of a model has 1 to 200 characters and no line breaks '
                        "[pattern]"]),
    (f"model: {'m' * 201}", [f'8: "model" cannot be "{"m" * 57}..."; the id of a model has 1 to 200 characters and no '
                             "line breaks [pattern]"]),
    ("title:", ['1: "title" has no value; it must be a text [wrong-type]']),
    ("title: true", ['8: "title" must be a text, not true; put quotes around it [wrong-type]']),
    ("title: ' '", ['8: "title" cannot be " "; a text cannot be empty [pattern]']),
    ("title: {a: 1}", ['8: "title" must be a text, not a mapping [wrong-type]']),
    ("source: []", ['9: "source" must have at least 1 item [too-few]']),
    ("source: [page, page]", ['16: item 2 of "source" repeats "page" [repeated]']),
    ("source: The Page", ['9: "source" cannot be "The Page"; a name is made of lower-case words and numbers joined by '
                          "hyphens, such as still-image-2 [pattern]"]),
    ("output: {kind: imagee, count: 1}", ['16: "kind" cannot be "imagee"; did you mean "image"? [not-allowed]']),
    ("output: {kind: 5, count: 0}", [
        '16: "kind" cannot be the number 5; it can be image, video, audio, text [not-allowed]',
        '26: "count" must be at least 1, not the number 0 [out-of-range]']),
    ("output: {kind: image, count: 1.0}", [
        '30: "count" must be a number, or the name of a parameter, not the number 1.0 [wrong-type]']),
    ("output: image", ['9: "output" must be a mapping, not "image" [wrong-type]']),
    ("output: {}", ['9: missing key "count" in output [missing-key]', '9: missing key "kind" in output [missing-key]']),
    ("parameters: {}", ['13: "parameters" must have at least 1 key [too-few]']),
    ("parameters: {a: }", ['14: "a" has no value; it must be a mapping [wrong-type]']),
    ("parameters: {a b: {type: string, description: d}}", [
        '14: the key "a b" is not possible here; the name of a parameter has 1 to 80 characters and neither spaces nor '
        "any of / ~ { } [pattern]"]),
    ("parameters: {a: {type: string, description: d, enumm: [x], pattern: x, oneOf: []}}", [
        '48: unknown key "enumm" in a parameter; did you mean "enum"? [unknown-key]',
        '72: unknown key "oneOf" in a parameter; write anyOf, with kinds that differ in type or in a const [unknown-key]']),
    ("parameters: {a: {typ: string}}", [
        '17: missing key "description" in a parameter [missing-key]',
        '17: missing key "type" in a parameter [missing-key]',
        '18: unknown key "typ" in a parameter; did you mean "type"? [unknown-key]']),
    ("parameters: {a: {type: text, description: d, minLength: 1}}", [
        '24: "type" cannot be "text"; it can be string, integer, number, boolean, array, object, null '
        "[not-allowed]"]),
    ("parameters: {a: {type: String, description: d}}", [
        '24: "type" cannot be "String"; did you mean "string"? [not-allowed]']),
    ("parameters: {a: {type: string, description: d, enum: []}}", ['54: "enum" must have at least 1 item [too-few]']),
    ("parameters: {a: {type: string, description: d, enum: [1, true, 1, 1.0, [x], ~]}}", [
        '64: item 3 of "enum" repeats the number 1 [repeated]',
        '67: item 4 of "enum" repeats the number 1.0 [repeated]',
        '72: item 5 of "enum" must be a text, a number, true, false or null, not a list [wrong-type]']),
    ("parameters: {a: {type: string, description: d, minimum: 1, minItems: 1, uniqueItems: true}}", [
        '48: "minimum" is a limit for integers and numbers and does not fit this type [not-allowed]',
        '60: "minItems" is a limit for lists and does not fit this type [not-allowed]',
        '73: "uniqueItems" is a limit for lists and does not fit this type [not-allowed]']),
    ("parameters: {a: {type: integer, description: d, minLength: 1, format: http-url, minimum: 1.5, multipleOf: 0}}", [
        '49: "minLength" is a limit for texts and does not fit this type [not-allowed]',
        '63: "format" is a limit for texts and does not fit this type [not-allowed]',
        '90: "minimum" must be an integer, not the number 1.5 [wrong-type]',
        '107: "multipleOf" must be greater than 0, not the number 0 [out-of-range]']),
    ("parameters: {a: {type: number, description: d, size: {separators: [x]}, items: {type: string}}}", [
        '48: "size" is a limit for texts and does not fit this type [not-allowed]',
        '73: "items" is a limit for lists and does not fit this type [not-allowed]']),
    ("parameters: {a: {type: boolean, description: d, maximum: true, maxLength: -1}}", [
        '49: "maximum" is a limit for integers and numbers and does not fit this type [not-allowed]',
        '58: "maximum" must be a number, not true [wrong-type]',
        '64: "maxLength" is a limit for texts and does not fit this type [not-allowed]',
        '75: "maxLength" must be at least 0, not the number -1 [out-of-range]']),
    ("parameters: {a: {type: [integer, 'null'], description: d, minLength: 3, properties: {}}}", [
        '59: "minLength" is a limit for texts and does not fit this type [not-allowed]',
        '73: "properties" is a limit for objects and does not fit this type [not-allowed]',
        '85: "properties" must have at least 1 key [too-few]']),
    ("parameters: {a: {type: [object, 'null', string], description: d, quantity: {unit: 5}, advice: {because: x}}}", [
        '17: missing key "properties" in a parameter of the type object [missing-key]',
        '24: "type" must have at most 2 items [too-many]',
        '66: "quantity" is a limit for texts and does not fit this type [not-allowed]',
        '83: "unit" must be a unit such as s, not the number 5 [wrong-type]',
        '95: "advice" must have at least 2 keys [too-few]']),
    ("parameters: {a: {type: array, description: d, maxLength: 1}}", [
        '17: missing key "items" in a parameter of the type array [missing-key]',
        '47: "maxLength" is a limit for texts and does not fit this type [not-allowed]']),
    ("parameters: {a: {type: array, description: d, items: {type: array, default: 1, minimum: 1}}}", [
        '54: missing key "items" in a value of the type array [missing-key]',
        '68: unknown key "default" in a value [unknown-key]',
        '80: "minimum" is a limit for integers and numbers and does not fit this type [not-allowed]']),
    ("parameters: {a: {type: string, description: d, format: uri, size: {tier: [2K]}, required: yes}}", [
        '56: "format" cannot be "uri"; write http-url, or https-url where only https is taken [not-allowed]',
        '67: missing key "separators" in a size [missing-key]',
        '68: unknown key "tier" in a size; did you mean "tiers"? [unknown-key]',
        '91: "required" must be true or false, not "yes" [wrong-type]']),
    ("rules: [{when: {}, require: a}]", [
        '16: "when" must have at least 1 key [too-few]',
        '29: "require" must be a list of parameters, not "a" [wrong-type]']),
    ("body: {a: {b: ~, c: [], d: {}}}", [
        '15: "b" has no value; it must be a text, a number, true, false, a mapping or a list [wrong-type]',
        '21: "c" must have at least 1 item [too-few]',
        '28: "d" must have at least 1 key [too-few]']),
    ("sizes: {by: [a, b, c, d], rows: {a: {b: 20x, c: [1]}, d: {}}}", [
        '13: "by" must have at most 3 items [too-many]',
        '41: "b" cannot be "20x"; pixels are written WIDTHxHEIGHT, such as 1024x768 [pattern]',
        '49: "c" must be pixels such as 1024x768, not a list [wrong-type]',
        '58: "d" must have at least 1 key [too-few]']),
    ("price: {unknown: why, currency: USD}", [
        '23: unknown key "currency" in a price that is unknown; it can be unknown, depends_on, source, assumed, cite '
        "[unknown-key]"]),
    ("price: {currency: dollar, rates: {A: {amount: '1', per: imagee}}, hold: {unknow: why}, charge: 5}", [
        '19: "currency" cannot be "dollar"; a currency is written with three capitals, such as USD, or is credits '
        "[pattern]",
        '35: the key "A" is not possible here; the name of a rate has small letters, digits and underscores, such as '
        "image [pattern]",
        '47: "amount" must be a number such as 0.04, not "1" [wrong-type]',
        '73: "hold" must be a formula such as num_images * image, not a mapping [wrong-type]',
        '96: "charge" must be a formula such as num_images * image, not the number 5; put quotes around it '
        "[wrong-type]"]),
    ("price: {currency: USD, rates: {a: {amount: -0.1, per: image}}}", [
        '8: missing key "charge" in price [missing-key]', '8: missing key "hold" in price [missing-key]',
        '44: "amount" must be at least 0, not the number -0.1 [out-of-range]']),
    ("job: {submit: {call: FETCH /x}, poll: {call: GET x}, state: {at: id, failed: [1.5]}, results: 5}", [
        '15: missing key "id" in submit [missing-key]',
        '22: "call" cannot be "FETCH /x"; a call is a verb in capitals, a space, and a path that begins with /, such '
        "as GET /jobs/{id} [pattern]",
        '46: "call" cannot be "GET x"; a call is a verb in capitals, a space, and a path that begins with /, such '
        "as GET /jobs/{id} [pattern]",
        '66: "at" cannot be "id"; the state stands at a path that begins with $, such as $.data.status, or is the '
        "http-status [pattern]",
        '79: item 1 of "failed" must be a text, an integer, true or false, not the number 1.5 [wrong-type]',
        '95: "results" must be a path such as $.data.id, not the number 5 [wrong-type]']),
    ("job: {submit: {call: POST /x, id: $.a, reads: [99]}, poll: {call: GET /x, reads: [99]}}", [
        '6: missing key "results" in job [missing-key]', '6: missing key "state" in job [missing-key]',
        '40: unknown key "reads" in submit; it can be call, id, like, wait, cost, reports, source, assumed, cite '
        "[unknown-key]",
        '83: item 1 of "reads" must be at least 100, not the number 99 [out-of-range]']),
    ("job: {submit: {call: POST /x, id: $.a}, poll: {call: GET /x}, state: {at: $.s}, results: $.r,"
     ' retention: {lasts: "20s\\n", from: now}, failure: {unknown: ""}}', [
        '114: "lasts" cannot be "20s\\n"; a duration is a number of at most nine digits with ms, s, m, h or d behind it, '
        "such as 20s or 1.5h [pattern]",
        '129: "from" cannot be "now"; it can be submission, completion [not-allowed]',
        '154: "unknown" cannot be ""; a text cannot be empty [pattern]']),
    (f"schedule: [{{first: {'9' * 10}s}}]", [
        '20: "first" cannot be "9999999999s"; a duration is a number of at most nine digits with ms, s, m, h or d behind '
        "it, such as 20s or 1.5h [pattern]"]),
    ("job: {state: {at: $.s, absent: later, cases: [{when: {a: 1, $.b: {given: 1}, $.c: {every: 1, some: 2}, $.d: []}}]},"
     " submit: {like: pol, wait: {header: Prefer, value: wait}}}", [
        '6: missing key "poll" in job [missing-key]', '6: missing key "results" in job [missing-key]',
        '32: "absent" cannot be "later"; it can be queued, running, succeeded, failed, cancelled, expired, moderated '
        "[not-allowed]",
        '47: missing key "means" in a case [missing-key]',
        '55: the key "a" is not possible here; a path begins with $, such as $.data.id [pattern]',
        '74: "given" must be true or false, not the number 1 [wrong-type]',
        '83: "$.c" must have at most 1 key [too-many]',
        '109: "$.d" must have at least 1 item [too-few]',
        '125: missing key "call" in submit [missing-key]', '125: missing key "id" in submit [missing-key]',
        '132: "like" cannot be "pol"; did you mean "poll"? [not-allowed]',
        '143: missing key "most" in wait [missing-key]',
        '167: "value" cannot be "wait"; the value holds {seconds} once, such as wait={seconds}, and plain letters '
        "and signs [pattern]"]),
    ("schedule: [{every: [2s for 30s]}, {every: [2s, 3]}]", [
        '20: "every" must have at least 2 items [too-few]',
        '48: item 2 of "every" must be a duration such as 10s or 2s for 30s, not the number 3 [wrong-type]']),
    ("schedule: {unknown: why, every: 3s}", [
        '26: unknown key "every" in a fact that is unknown; it can be unknown, source, assumed [unknown-key]']),
    ("schedule: 5s", ['11: "schedule" must be a list of paces, not "5s" [wrong-type]']),
    ("schedule: [{every: 3}, {typical: 5s-6s}]", [
        '20: "every" must be a duration such as 20s, not the number 3 [wrong-type]',
        '34: "typical" cannot be "5s-6s"; a range is two durations with the word to between them, such as 25s to 35s '
        "[pattern]"]),
    ("callback: {parameter: a, body: polled, signature: hmac, acknowledge: {}}", [
        '32: "body" cannot be "polled"; did you mean "poll"? [not-allowed]',
        '51: "signature" must be a mapping, not "hmac" [wrong-type]',
        '70: missing key "status" in acknowledge [missing-key]']),
    ("errors: {statuses: {99: {means: invalid}, 400: {means: invald}, 403: {means: x}}, billed: 0}", [
        '21: the key "99" is not possible here; a status is a number from 100 to 599, such as 429 [pattern]',
        '56: "means" cannot be "invald"; did you mean "invalid"? [not-allowed]',
        '78: "means" cannot be "x"; it can be invalid, unauthorized, forbidden, not-found, method-not-allowed, '
        "out-of-credit, conflict, expired, retired, rate-limited, server, unavailable, timeout [not-allowed]",
        '91: "billed" must be true or false, or {unknown: why}, not the number 0 [wrong-type]']),
    ("immediate: {call: POST /x, returns: [jpeg]}", [
        '38: item 1 of "returns" cannot be "jpeg"; a media type is written as in image/png [pattern]']),
    ("job: {submit: {call: POST /x, id: $.i, reports: {Cost: $.c}}, poll: {call: GET /x}, state: {at: $.s, succeeded: [a]},"
     " results: $.r}", [
        '50: the key "Cost" is not possible here; a name begins with a small letter and has only small letters, digits '
        "and underscores, such as credits_left [pattern]"]),
    ("replies: [{name: a, of: submit, status: 600}]", [
        "11: a reply has a body, or a type when it is not JSON [missing-key]",
        '41: "status" must be at most 599, not the number 600 [out-of-range]']),
    ("doubts: [{id: A, claims: []}]", [
        '10: missing key "because" in a doubt [missing-key]', '10: missing key "ruling" in a doubt [missing-key]',
        '10: missing key "settled_by" in a doubt [missing-key]', '10: missing key "touches" in a doubt [missing-key]',
        '15: "id" cannot be "A"; a name is made of lower-case words and numbers joined by hyphens, such as '
        "still-image-2 [pattern]",
        '26: "claims" must have at least 1 item [too-few]']),
    ("witnesses: [{name: a, body: x, hold: free}]", [
        '29: "body" must be a mapping or a list, not "x" [wrong-type]',
        '38: "hold" must be a number such as 0.04, not "free" [wrong-type]']),
]  # fmt: skip
BAD_PROVIDER: list[tuple[str, list[str]]] = [
    ("base_url: https://key@example.com", [
        '11: "base_url" cannot be "https://key@example.com"; the address begins with https:// or http:// and has no '
        "query, such as https://api.example.com/v1 [pattern]"]),
    ("auth: {header: {x: A, 'y z': b}}", [
        '16: "header" must have at most 1 key [too-many]',
        '23: the key "y z" is not possible here; the name of a header has letters, digits and hyphens, such as '
        "x-api-key [pattern]",
        '30: "y z" cannot be "b"; an environment variable is written in capitals, such as EXAMPLE_API_KEY [pattern]']),
    ("auth: []", ['7: "auth" must have at least 2 items [too-few]']),
    ("auth: [{bearer: A}, {hmac: {key: B, secret: C, algorithm: md5, signs: x, encode: hex}}]", [
        '59: "algorithm" cannot be "md5"; it can be sha1, sha256, sha384, sha512 [not-allowed]']),
    ("settings: {Region: {variable: A, description: b, enum: [a/b]}}", [
        '12: the key "Region" is not possible here; a setting is named like region or project_id [pattern]',
        '57: item 1 of "enum" cannot be "a/b"; a value of a setting has letters, digits, dots, hyphens and '
        "underscores, such as eu-west [pattern]"]),
    ("origins: [https://api.example.com/v1]", [
        '11: item 1 of "origins" cannot be "https://api.example.com/v1"; an origin begins with https:// or http:// and '
        "ends with the host, such as https://jobs.api.example.com, or with all hosts below one: https://*.example.com "
        "[pattern]"]),
    ("auth: {header: {}}", ['16: "header" must have at least 1 key [too-few]']),
    ("provider: Acme", ['11: "provider" cannot be "Acme"; a name is made of lower-case words and numbers joined by '
                        "hyphens, such as still-image-2 [pattern]"]),
    ("sources: {a: {title: b, address: c, read: 2026-13-01, sha256: d}}", [
        '34: "address" cannot be "c"; an address begins with https:// or http:// and has no spaces [pattern]',
        '43: "read" cannot be "2026-13-01"; a date is written YEAR-MONTH-DAY, such as 2026-01-31 [pattern]',
        '63: "sha256" cannot be "d"; a digest has 64 hexadecimal digits in small letters [pattern]']),
    ("envelope: {at: $.a, ok: 0}", ['25: "ok" must be a list, not the number 0 [wrong-type]']),
    ("reply_headers: {credits: {header: x}}", [
        '17: unknown key "credits" in reply_headers; did you mean "credits_left"? [unknown-key]']),
    ("rate: {requests: 0, per: soon, submission: 1}", [
        '18: "requests" must be at least 1, not the number 0 [out-of-range]',
        '26: "per" cannot be "soon"; a duration is a number of at most nine digits with ms, s, m, h or d behind it, '
        "such as 20s or 1.5h [pattern]",
        '32: unknown key "submission" in a rate limit; did you mean "submissions"? [unknown-key]']),
    ("rate: [{jobs: 1000001}, {jobs: 1.5}, {jobs: 0 to 7}, 5]", [
        '15: "jobs" must be at most 1000000, not the number 1000001 [out-of-range]',
        '32: "jobs" must be a number, or a range such as 20 to 100, not the number 1.5 [wrong-type]',
        '45: "jobs" cannot be "0 to 7"; a range is two numbers of at most six digits with the word to between them, '
        "such as 20 to 100 [pattern]",
        '54: item 4 of "rate" must be a mapping, not the number 5 [wrong-type]']),
    ("rate: []", ['7: "rate" must have at least 1 item [too-few]']),
    ("witnesses: []", ['1: unknown key "witnesses" in a provider file [unknown-key]']),
]  # fmt: skip
