// Table mappings: which tables are replicated, and under which names. The cloud has checked the rules already.
const SYSTEM = new Set(['information_schema', 'mysql', 'performance_schema', 'sys']);

export function compileRules(rules) {
  const selections = rules.filter(rule => rule['rule-type'] === 'selection').map(rule => ({ action: rule['rule-action'], matches: locator(rule) }));
  const additions = rules.filter(rule => rule['rule-action'] === 'add-column');
  const transformations = rules.filter(rule => rule['rule-type'] === 'transformation' && !additions.includes(rule));
  return {
    selects(schema, table) {
      if (SYSTEM.has(schema.toLowerCase())) return false;
      const matching = selections.filter(rule => rule.matches(schema, table)).map(rule => rule.action);
      return matching.length > 0 && !matching.includes('exclude');
    },
    schemaName: schema => rename(schema, transformations.filter(rule => rule['rule-target'] === 'schema' && locator(rule)(schema, '%'))),
    tableName: (schema, table) => rename(table, transformations.filter(rule => rule['rule-target'] === 'table' && locator(rule)(schema, table))),
    /** The column's name at the target; null for a column that is removed. */
    columnName(schema, table, column) {
      const matching = transformations.filter(rule =>
        rule['rule-target'] === 'column' && locator(rule)(schema, table) && like(rule['object-locator']['column-name'])(column));
      return matching.some(rule => rule['rule-action'] === 'remove-column') ? null : rename(column, matching);
    },
    /** Columns that the source has not, filled from a change's header. They come last. */
    addedColumns: (schema, table) => additions.filter(rule => locator(rule)(schema, table))
      .map(rule => ({ target: rule.value, expression: rule.expression, type: rule['data-type'].type, kind: 'plain', unsigned: false, precision: 0 })),
  };
}

function locator(rule) {
  const { 'schema-name': schemaName, 'table-name': tableName = '%' } = rule['object-locator'];
  const [schema, table] = [like(schemaName), like(tableName)];
  return (schemaOf, tableOf) => schema(schemaOf) && (tableOf === '%' || table(tableOf));
}

function like(pattern) {
  const expression = new RegExp('^' + [...pattern].map(character =>
    character === '%' ? '.*' : character === '_' ? '.' : character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('') + '$', 's');
  return name => pattern === name || expression.test(name);
}

function rename(name, rules) {
  for (const rule of rules) {
    switch (rule['rule-action']) {
      case 'rename': name = rule.value; break;
      case 'convert-lowercase': name = name.toLowerCase(); break;
      case 'convert-uppercase': name = name.toUpperCase(); break;
      case 'add-prefix': name = rule.value + name; break;
      case 'add-suffix': name += rule.value; break;
    }
  }
  return name;
}
