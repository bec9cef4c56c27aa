import { describe, expect, test } from '@jest/globals';
import { parseFormat, renderRows } from '../../../src/output/format.js';
import { parseTemplate, TemplateError, type TemplateValue } from '../../../src/output/template.js';

const data = {
  ID: 'abc123',
  Name: 'web',
  Size: 1088032n,
  Ratio: 0.5,
  Running: true,
  Tags: ['a', 'b', 'c'],
  Empty: [] as string[],
  Labels: new Map([
    ['z', '1'],
    ['a', '2'],
    ['__proto__', 'p'],
  ]),
  Nothing: null,
  State: { Status: 'running', Pid: 42 },
  Label: (key: TemplateValue) => (key === 'com.example' ? 'yes' : ''),
  Dirty: '\u001b[31m\u202e',
};

const cases: [string, string][] = [
  ['plain', 'plain'],
  ['{{.ID}}: {{.Name}}', 'abc123: web'],
  ['{{ .State.Status }} {{.State.Pid}}', 'running 42'],
  ['{{$.ID}}{{with .State}}{{.Pid}}{{$.Name}}{{end}}', 'abc12342web'],
  [
    '{{.Size}} {{.Ratio}} {{.Running}} {{.Tags}} {{.Labels}}',
    '1088032 0.5 true [a b c] map[__proto__:p a:2 z:1]',
  ],
  ['{{.Nothing}} {{.Nothing.Deeper}} {{.Labels.missing}}', '<no value> <no value> <no value>'],
  ['{{.Labels.a}} {{index .Labels "z"}} {{index .Tags 1}}', '2 1 b'],
  ['{{.Labels.__proto__}}', 'p'],
  ['{{.Label "com.example"}} {{"com.example" | .Label}}', 'yes yes'],
  ['{{json .Tags}} {{json .Name}} {{json .Nothing}} {{json "<&>"}}', '["a","b","c"] "web" null "<&>"'],
  ['{{.Name | upper | printf "%s-%d" "x"}}', 'x-%!d(string=WEB)'],
  ['{{upper .Name}} {{lower "ABC"}} {{title "two words"}}', 'WEB abc Two Words'],
  ['{{join .Tags ", "}} {{split "a/b" "/"}} {{join (split "a/b" "/") "+"}}', 'a, b, c [a b] a+b'],
  ['{{truncate .ID 3}} {{truncate .ID 30}} [{{pad .Name 1 2}}] [{{pad "" 1 2}}]', 'abc abc123 [ web  ] []'],
  ['{{len .Tags}} {{len .ID}} {{len .Labels}}', '3 6 3'],
  ['{{slice .ID 1 3}} {{slice .Tags 1}}', 'bc [b c]'],
  ['{{print 1 2 "a" 3}} {{println "x"}}', '1 2a3 x\n'],
  [
    '{{printf "%5d|%-5s|%05d|%q|%v|%t|%.2f|%x|%%|%c" 42 "ab" 7 "q" .Tags true .Ratio "hi" 65}}',
    '   42|ab   |00007|"q"|[a b c]|true|0.50|6869|%|A',
  ],
  ['{{printf "%d" "x"}} {{printf "%s"}} {{printf "x" 1}}', '%!d(string=x) %!s(MISSING) x%!(EXTRA int=1)'],
  ['{{if .Running}}up{{else}}down{{end}}', 'up'],
  ['{{if .Empty}}1{{else if eq .Name "web"}}2{{else}}3{{end}}', '2'],
  ['{{if and .Running (not .Empty)}}y{{end}}{{if or .Empty .Nothing}}n{{end}}', 'y'],
  ['{{and 1 0 (index .Tags 9)}} {{or "" "x" (index .Tags 9)}}', '0 x'],
  ['{{with .Nothing}}a{{else}}b{{end}} {{with .Empty}}a{{else with .Name}}{{.}}{{end}}', 'b web'],
  ['{{range .Tags}}<{{.}}>{{end}}{{range .Empty}}x{{else}}none{{end}}', '<a><b><c>none'],
  [
    '{{range $i, $t := .Tags}}{{$i}}{{$t}} {{end}}{{range $k, $v := .Labels}}{{$k}}={{$v}},{{end}}',
    '0a 1b 2c __proto__=p,a=2,z=1,',
  ],
  ['{{range 3}}{{.}}{{end}}', '012'],
  ['{{$x := 1}}{{range .Tags}}{{$x = .}}{{end}}{{$x}}', 'c'],
  ['{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}', '21'],
  [
    '{{eq 1 1.0}} {{eq .Name "a" "web"}} {{ne 1 2}} {{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1 2}}',
    'true true true true true true false',
  ],
  ['a {{- .Name -}} b', 'awebb'],
  ['a\n{{- /* a comment }} */ -}}\n b{{/* another */}}', 'ab'],
  ['{{"a\\tb\\u00e9\\x41\\101"}} {{`raw\\n`}} {{0x1f}} {{-3}} {{json nil}}', 'a\tbéAA raw\\n 31 -3 null'],
  ['{{.Dirty}}', String.raw`\x1b[31m\u202e`],
  ['{{json .Dirty}}', String.raw`"\u001b[31m\u202e"`],
];
test.each(cases)('%s', (template, expected) => {
  expect(parseTemplate(template).execute(data)).toBe(expected);
});

test.each([
  ['{{', '1: unclosed action'],
  ['a\n{{.Name', '2: unclosed action'],
  ['{{}}', '1: missing value for command'],
  ['{{.Name | }}', '1: missing value for command'],
  ['{{nope .Name}}', '1: function "nope" not defined'],
  ['{{$x}}', '1: undefined variable "$x"'],
  ['{{if .Name}}', '1: unexpected EOF'],
  ['{{if}}{{end}}', '1: missing value for if'],
  ['{{end}}', '1: unexpected {{end}}'],
  ['{{else}}', '1: unexpected {{else}}'],
  ['{{if 1}}{{else}}{{else}}{{end}}', '1: unexpected {{else}}'],
  ['{{"a}}', '1: unterminated quoted string'],
  ['{{`a}}', '1: unterminated raw quoted string'],
  ['{{(.Name}}', '1: unclosed left paren'],
  ['{{.Name)}}', '1: unexpected ")" in command'],
  ['{{/* a }}', '1: unclosed comment'],
  ['{{#}}', '1: unexpected "#" in action'],
  ['{{.Name | "x"}}', '1: non executable command in pipeline stage 2'],
  ['{{define "x"}}{{end}}', '1: {{define}} is not supported'],
  ['{{range $a, $b, $c := .}}{{end}}', '1: too many declarations'],
  [`${'{{if 1}}'.repeat(200)}`, '1: nested too deep'],
  [`{{${'('.repeat(200)}}}`, '1: nested too deep'],
])('%s does not parse', (template, message) => {
  expect(() => parseTemplate(template)).toThrow(new TemplateError(message));
});

test.each([
  ['{{.Nope}}', `1:2: executing "" at <.Nope>: can't evaluate field Nope`],
  [
    'x\n {{.State.constructor}}',
    `2:3: executing "" at <.State.constructor>: can't evaluate field constructor`,
  ],
  ['{{.__proto__}}', `1:2: executing "" at <.__proto__>: can't evaluate field __proto__`],
  ['{{.Tags.length}}', `1:2: executing "" at <.Tags.length>: can't evaluate field length`],
  ['{{.Name.length}}', `1:2: executing "" at <.Name.length>: can't evaluate field length`],
  ['{{.Name "x"}}', `1:2: executing "" at <.Name>: can't give argument to non-function`],
  ['{{index .Tags 9}}', '1:2: executing "" at <index>: error calling index: index out of range: 9'],
  ['{{lt 1 "a"}}', '1:2: executing "" at <lt>: error calling lt: incompatible types for comparison'],
  [
    '{{upper 1}}',
    '1:2: executing "" at <upper>: error calling upper: wrong type for value; expected string; got int',
  ],
  ['{{range .Name}}{{end}}', "1:8: range can't iterate over web"],
])('%s fails', (template, message) => {
  expect(() => parseTemplate(template).execute(data)).toThrow(new TemplateError(message));
});

test('ranges within ranges end', () => {
  const template = parseTemplate(
    `${'{{range .Many}}'.repeat(1)}{{range $.Many}}{{range $.Many}}{{.}}{{end}}{{end}}{{end}}`,
  );
  const many = Array.from({ length: 1000 }, () => '');
  expect(() => template.execute({ Many: many })).toThrow('too many steps');
});

describe('renderRows', () => {
  const rows = [
    { ID: 'a', Name: 'first' },
    { ID: 'b-longer-than-ten', Name: 'second' },
  ];
  const titles = new Map([
    ['ID', 'CONTAINER ID'],
    ['Name', 'NAMES'],
  ]);
  test.each([
    ['json', '{"ID":"a","Name":"first"}\n{"ID":"b-longer-than-ten","Name":"second"}\n'],
    ['{{.ID}}\\t{{.Name}}', 'a\tfirst\nb-longer-than-ten\tsecond\n'],
    [
      'table {{.ID}}\\t{{upper .Name}}',
      'CONTAINER ID        NAMES\na                   FIRST\nb-longer-than-ten   SECOND\n',
    ],
  ])('%s', async (format, expected) => {
    expect(await renderRows({ format: parseFormat(format), rows, titles })).toBe(expected);
  });
});
