// A quoted text, a comment, the client's DELIMITER command, or whatever else may begin a delimiter.
const token = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|--(?=\s|$)[^\n]*|#[^\n]*|\/\*(?!!)[\s\S]*?\*\//y;

/** The statements of an SQL script, as the mysql client would send them, each with the line on which it begins. */
export function* statements(script) {
  let delimiter = ';';
  let [start, position, line] = [0, 0, 1];
  const lineAt = at => {
    for (; start < at; start++)
      line += script[start] === '\n';
    return line;
  };
  let parts = '';
  let begin = null;
  const take = (text, at) => {
    if (begin === null && text.trim() !== '')
      begin = at + text.search(/\S/);
    parts += text;
  };
  while (position < script.length) {
    const command = isLineStart(script, position) && /[ \t]*delimiter[ \t]+(\S+)[^\n]*/iy;
    if (command) {
      command.lastIndex = position;
      const match = command.exec(script);
      if (match && parts.trim() === '') {
        delimiter = match[1];
        position = command.lastIndex;
        continue;
      }
    }
    if (script.startsWith(delimiter, position)) {
      if (parts.trim() !== '')
        yield { text: parts.trim(), line: lineAt(begin) };
      [parts, begin] = ['', null];
      position += delimiter.length;
      continue;
    }
    token.lastIndex = position;
    const match = token.exec(script);
    if (match) {
      // A comment is a space to MySQL, and one before a statement isn't part of it.
      take(/^(--|#|\/\*)/.test(match[0]) ? ' ' : match[0], position);
      position = token.lastIndex;
      continue;
    }
    take(script[position], position);
    position++;
  }
  if (parts.trim() !== '')
    yield { text: parts.trim(), line: lineAt(begin) };
}

const isLineStart = (script, position) => position === 0 || script[position - 1] === '\n';
