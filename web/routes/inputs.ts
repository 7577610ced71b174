import { readIni } from '../../inputs/parameters/ini.js';
import { InputReport } from '../../inputs/report.js';
import { HttpFault } from '../http-fault.js';
import { KeptInputs } from '../kept-inputs.js';
import { integerParameter, queryText, sendJson, type Route, type WebContext } from '../route.js';
import { visibleJob } from '../visible-job.js';

/** lines of one answer */
const LINES = 500;
/** lines of a job file that are read for its parameters */
const INI_LINES = 2000;

/** What a job was made of. */
export const inputs: readonly Route[] = [
  {
    method: 'GET',
    path: '/v2/calc/:id/inputs',
    access: 'job',
    summary: 'The files that a job was sent with, what its job file says, and the values given in place of it.',
    answer:
      '`{"files": [{"path", "size"}], "ini": {"file", "entries": [{"key", "value", "line"}]}, "overrides"}`; 404 where they are not kept',
    async handle(request, response, context) {
      const { kept, overrides } = keptOf(integerParameter(request, 'id'), context);
      const files = await kept.files();
      const file = await kept.ini();
      if (file === undefined) throw HttpFault.text(404, 'the inputs hold no job file');
      const { lines } = await kept.lines(file, 1, INI_LINES);
      const entries = readIni(lines.join('\n'), file, new InputReport());
      sendJson(response, { files, ini: { file, entries }, overrides });
    },
  },
  {
    method: 'GET',
    path: '/v2/calc/:id/inputs/lines',
    access: 'job',
    summary: 'Some lines of a file that a job was sent with.',
    parameters: {
      path: 'the file, as in the list',
      first: 'number of the first line, from 1; default 1',
      count: `how many lines, default ${LINES}, up to 2000`,
    },
    answer: '`{"first", "lines", "more"}`; 404 for a file that is not there, 415 for one that is no text',
    async handle(request, response, context) {
      const { kept } = keptOf(integerParameter(request, 'id'), context);
      const whole = (name: string, standard: number): number => {
        const text = queryText(request, name) ?? String(standard);
        if (!/^[1-9]\d{0,9}$/.test(text)) throw HttpFault.text(400, `${name}=${text} must be a whole number from 1`);
        return Number(text);
      };
      sendJson(response, await kept.lines(queryText(request, 'path') ?? '', whole('first', 1), whole('count', LINES)));
    },
  },
];

function keptOf(
  id: number,
  { store, folder }: WebContext,
): { kept: KeptInputs; overrides: Readonly<Record<string, string>> } {
  const { inputs: given } = visibleJob(store, id);
  return { kept: new KeptInputs(given, folder.inputs(id)), overrides: given.overrides };
}
