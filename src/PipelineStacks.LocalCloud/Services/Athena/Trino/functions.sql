-- Trino's functions where DuckDB has none that does the same. One statement each; only those that a query uses are made.

-- Operators ------------------------------------------------------------------------------------------------------------------

-- Integers divide to integers (integer_division is set), decimals to the larger of the two scales.
CREATE MACRO trino.divide(a, b) AS CASE
    WHEN b = 0 AND typeof(a + b) NOT IN ('DOUBLE', 'FLOAT') THEN error('DIVISION_BY_ZERO: Division by zero')
    ELSE cast_to_type(a / b, a + b) END;

CREATE MACRO trino.modulus(a, b) AS CASE
    WHEN b = 0 AND typeof(a + b) NOT IN ('DOUBLE', 'FLOAT') THEN error('DIVISION_BY_ZERO: Division by zero')
    ELSE a % b END;

-- A date and an interval make a date.
CREATE MACRO trino.plus(a DATE, b) AS (a + b)::DATE, (a TIMESTAMP, b) AS a + b, (a TIMESTAMPTZ, b) AS a + b, (a TIME, b) AS a + b;

CREATE MACRO trino.minus(a DATE, b) AS (a - b)::DATE, (a TIMESTAMP, b) AS a - b, (a TIMESTAMPTZ, b) AS a - b, (a TIME, b) AS a - b;

-- A text literal that is compared with a column.
CREATE MACRO trino.compared(other, value, before, after) AS CASE
    WHEN typeof(other) IN ('VARCHAR', 'JSON', '"NULL"') OR typeof(other) LIKE 'ENUM%' THEN value
    ELSE error(before || trino.typeof(other) || after) END;

-- A literal that is no text, compared with a column that may be one.
CREATE MACRO trino.compared_value(other, value, before, after) AS CASE
    WHEN typeof(other) = 'VARCHAR' THEN error(before || 'varchar' || after) ELSE value END;

CREATE MACRO trino.at_timezone(t TIMESTAMPTZ, zone) AS t AT TIME ZONE zone, (t TIMESTAMP, zone) AS (t AT TIME ZONE 'UTC') AT TIME ZONE zone;

-- Casts ----------------------------------------------------------------------------------------------------------------------

CREATE MACRO trino.to_varchar(a) AS CASE typeof(a)
    WHEN 'TIMESTAMP' THEN strftime(try_cast(a::VARCHAR AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
    WHEN 'TIMESTAMP WITH TIME ZONE' THEN strftime(try_cast(a::VARCHAR AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g UTC')
    WHEN 'DOUBLE' THEN trino.scientific(a::VARCHAR)
    WHEN 'FLOAT' THEN trino.scientific(a::VARCHAR)
    WHEN 'JSON' THEN json_extract_string(a::VARCHAR, '$')
    ELSE a::VARCHAR END;

-- A double as text is always in scientific notation: 1.5E0.
CREATE MACRO trino.scientific(text) AS CASE
    WHEN text IN ('nan', 'inf', '-inf') THEN replace(replace(text, 'nan', 'NaN'), 'inf', 'Infinity')
    WHEN try_cast(text AS DOUBLE) = 0 THEN '0E0'
    ELSE trino.normalised(
        CASE WHEN text LIKE '-%' THEN '-' ELSE '' END,
        ltrim(replace(regexp_replace(ltrim(text, '-'), 'e.*$', ''), '.', ''), '0'),
        floor(log10(abs(try_cast(text AS DOUBLE))))::INTEGER) END;

CREATE MACRO trino.normalised(sign, digits, exponent) AS
    sign || left(digits, 1) || '.' || CASE WHEN rtrim(substr(digits, 2), '0') = '' THEN '0' ELSE rtrim(substr(digits, 2), '0') END || 'E' || exponent::VARCHAR;

CREATE MACRO trino.to_date(a) AS CAST(a AS DATE);

CREATE MACRO trino.typeof(a) AS CASE
    WHEN typeof(a) = 'HUGEINT' THEN 'bigint'
    WHEN typeof(a) = 'FLOAT' THEN 'real'
    WHEN typeof(a) = 'BLOB' THEN 'varbinary'
    WHEN typeof(a) = '"NULL"' THEN 'unknown'
    WHEN typeof(a) = 'TIMESTAMP' THEN 'timestamp(3)'
    WHEN typeof(a) = 'TIMESTAMP WITH TIME ZONE' THEN 'timestamp(3) with time zone'
    WHEN typeof(a) LIKE '%[]' THEN 'array(' || lower(replace(typeof(a), '[]', '')) || ')'
    ELSE lower(typeof(a)) END;

-- Texts ----------------------------------------------------------------------------------------------------------------------

-- Positions count from 1; there is no position 0.
CREATE MACRO trino.substr(s, start) AS CASE WHEN start = 0 OR -start > length(s) THEN '' ELSE substr(s, start) END,
    (s, start, size) AS CASE WHEN start = 0 OR -start > length(s) THEN '' ELSE substr(s, start, size) END;

CREATE MACRO trino.substring(s, start) AS trino.substr(s, start), (s, start, size) AS trino.substr(s, start, size);

CREATE MACRO trino.split(s, d) AS string_split(s, d),
    (s, d, n) AS CASE WHEN len(string_split(s, d)) <= n THEN string_split(s, d)
        ELSE list_append(string_split(s, d)[1:n - 1], array_to_string(string_split(s, d)[n:], d)) END;

-- Past the last part there is no part, which is not an empty one.
CREATE MACRO trino.split_part(s, d, i) AS string_split(s, d)[i];

CREATE MACRO trino.split_to_map(s, entry, pair) AS map_from_entries(list_transform(string_split(s, entry), lambda e: row(string_split(e, pair)[1], string_split(e, pair)[2])));

CREATE MACRO trino.reverse(s VARCHAR) AS reverse(s), (s) AS list_reverse(s);

CREATE MACRO trino.regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p) END,
    (s, p, g) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END;

-- Groups are $1 in Java's patterns and \1 in DuckDB's.
CREATE MACRO trino.regexp_replace(s, p) AS regexp_replace(s, p, '', 'g'),
    (s, p, r) AS regexp_replace(s, p, regexp_replace(r, '\$(\d)', '\\\1', 'g'), 'g');

CREATE MACRO trino.regexp_count(s, p) AS len(regexp_extract_all(s, p));

CREATE MACRO trino.to_base64(b BLOB) AS to_base64(b);

CREATE MACRO trino.from_base64(s) AS from_base64(s);

CREATE MACRO trino.md5(b BLOB) AS unhex(md5(b));

CREATE MACRO trino.sha1(b BLOB) AS unhex(sha1(b));

CREATE MACRO trino.sha256(b BLOB) AS unhex(sha256(b));

-- Eight bytes, the first the greatest; the first bit is the sign.
CREATE MACRO trino.from_big_endian_64(b BLOB) AS CASE WHEN hex(b) < '8' THEN ('0x' || hex(b))::BIGINT
    ELSE (('0x' || hex(b))::UBIGINT::HUGEINT - 18446744073709551616::HUGEINT)::BIGINT END;

CREATE MACRO trino.url_extract_protocol(u) AS nullif(regexp_extract(u, '^([a-zA-Z][a-zA-Z0-9+.-]*):', 1), '');

CREATE MACRO trino.url_extract_host(u) AS nullif(regexp_extract(u, '^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/@]*@)?([^/:?#]*)', 1), '');

CREATE MACRO trino.url_extract_port(u) AS try_cast(regexp_extract(u, '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/:?#]*:(\d+)', 1) AS BIGINT);

CREATE MACRO trino.url_extract_path(u) AS regexp_extract(u, '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*([^?#]*)', 1);

CREATE MACRO trino.url_extract_query(u) AS nullif(regexp_extract(u, '\?([^#]*)', 1), '');

CREATE MACRO trino.url_extract_fragment(u) AS nullif(regexp_extract(u, '#(.*)$', 1), '');

CREATE MACRO trino.url_extract_parameter(u, name) AS CASE
    WHEN regexp_matches(u, '[?&]' || name || '=') THEN url_decode(regexp_extract(u, '[?&]' || name || '=([^&#]*)', 1)) END;

-- Dates and times ------------------------------------------------------------------------------------------------------------

CREATE MACRO trino.from_unixtime(s) AS to_timestamp(s::DOUBLE);

CREATE MACRO trino.from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ);

CREATE MACRO trino.from_iso8601_date(s) AS CAST(s AS DATE);

CREATE MACRO trino.to_iso8601(d DATE) AS strftime(d, '%Y-%m-%d'),
    (d TIMESTAMP) AS strftime(d, '%Y-%m-%dT%H:%M:%S.%g'),
    (d TIMESTAMPTZ) AS strftime(d::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%gZ');

CREATE MACRO trino.to_milliseconds(i) AS epoch_ms(i);

CREATE MACRO trino.millisecond(t) AS millisecond(t) % 1000;

CREATE MACRO trino.date_trunc(u, d DATE) AS date_trunc(u, d)::DATE, (u, d TIMESTAMP) AS date_trunc(u, d), (u, d TIMESTAMPTZ) AS date_trunc(u, d);

CREATE MACRO trino.span(u, n) AS CASE lower(u)
    WHEN 'millisecond' THEN to_milliseconds(n)
    WHEN 'second' THEN to_seconds(n)
    WHEN 'minute' THEN to_minutes(n)
    WHEN 'hour' THEN to_hours(n)
    WHEN 'day' THEN to_days(n::INTEGER)
    WHEN 'week' THEN to_days((7 * n)::INTEGER)
    WHEN 'month' THEN to_months(n::INTEGER)
    WHEN 'quarter' THEN to_months((3 * n)::INTEGER)
    WHEN 'year' THEN to_months((12 * n)::INTEGER)
    ELSE error('INVALID_FUNCTION_ARGUMENT: ''' || u || ''' is not a valid Timestamp field') END;

CREATE MACRO trino.date_add(u, n, d DATE) AS (d + trino.span(u, n))::DATE, (u, n, d TIMESTAMP) AS d + trino.span(u, n), (u, n, d TIMESTAMPTZ) AS d + trino.span(u, n);

-- Whole units, not boundaries crossed.
CREATE MACRO trino.date_diff(u, a, b) AS date_sub(u, a, b);

-- Arrays, maps, JSON ---------------------------------------------------------------------------------------------------------

-- Arrays and maps have their sizes by different functions, which only their JSON shares.
CREATE MACRO trino.cardinality(c) AS CASE WHEN typeof(c) LIKE 'MAP(%' THEN len(json_keys(to_json(c))) ELSE json_array_length(to_json(c)) END;

CREATE MACRO trino.element_at(c, k) AS c[k];

CREATE MACRO trino.array_join(a, d) AS array_to_string(list_filter(a, lambda x: x IS NOT NULL), d),
    (a, d, n) AS array_to_string(list_transform(a, lambda x: coalesce(x::VARCHAR, n)), d);

CREATE MACRO trino.array_position(a, x) AS coalesce(list_position(a, x), 0);

CREATE MACRO trino.array_remove(a, x) AS list_filter(a, lambda e: e <> x);

CREATE MACRO trino.array_sort(a) AS list_sort(a, 'ASC', 'NULLS LAST');

CREATE MACRO trino.array_union(a, b) AS list_distinct(list_concat(a, b));

CREATE MACRO trino.array_except(a, b) AS list_distinct(list_filter(a, lambda e: NOT list_contains(b, e)));

CREATE MACRO trino.slice(a, start, size) AS list_slice(a, start, start + size - 1);

CREATE MACRO trino.repeat(x, n) AS list_transform(range(n), lambda i: x);

CREATE MACRO trino.sequence(a DATE, b DATE) AS list_transform(generate_series(a::TIMESTAMP, b::TIMESTAMP, INTERVAL 1 DAY), lambda x: x::DATE),
    (a DATE, b DATE, step) AS list_transform(generate_series(a::TIMESTAMP, b::TIMESTAMP, step), lambda x: x::DATE),
    (a TIMESTAMP, b TIMESTAMP, step) AS generate_series(a, b, step),
    (a BIGINT, b BIGINT) AS generate_series(a, b),
    (a BIGINT, b BIGINT, step) AS generate_series(a, b, step);

CREATE MACRO trino.json_extract_scalar(j, p) AS CASE
    WHEN json_type(json_extract(j, p)) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(j, p) END;

CREATE MACRO trino.json_format(j) AS json(j)::VARCHAR;

CREATE MACRO trino.json_array_contains(j, x) AS list_contains(json_extract_string(j, '$[*]'), x::VARCHAR);

CREATE MACRO trino.json_array_get(j, i) AS json_extract(j, '$[' || i::VARCHAR || ']');

CREATE MACRO trino.json_size(j, p) AS CASE json_type(json_extract(j, p))
    WHEN 'ARRAY' THEN json_array_length(json_extract(j, p)) WHEN 'OBJECT' THEN len(json_keys(json_extract(j, p))) ELSE 0 END;

-- Numbers --------------------------------------------------------------------------------------------------------------------

-- The cube root of a cube is exact.
CREATE MACRO trino.cbrt(x) AS CASE WHEN power(round(cbrt(x)), 3) = x THEN round(cbrt(x)) ELSE cbrt(x) END;

CREATE MACRO trino.log(b, x) AS ln(x) / ln(b);

CREATE MACRO trino.from_base(s, radix) AS list_reduce(list_prepend(0::BIGINT,
    list_transform(string_split(lower(s), ''), lambda c: (strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1)::BIGINT)), lambda t, d: t * radix + d);

CREATE MACRO trino.to_base(x, radix) AS lower(to_base(x, radix));

CREATE MACRO trino.width_bucket(x, low, high, n) AS CASE
    WHEN x < low THEN 0 WHEN x >= high THEN n + 1 ELSE floor((x - low) * n / (high - low))::BIGINT + 1 END;
