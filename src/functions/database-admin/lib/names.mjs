/** A name as it stands in SQL. */
export const quoted = name => `\`${name.replaceAll('`', '``')}\``;

/** A schema's name where GRANT takes a pattern: _ and % would otherwise admit other schemas. */
export const quotedPattern = name => quoted(name.replaceAll(/[_%\\]/g, '\\$&'));
