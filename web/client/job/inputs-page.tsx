import { useState } from 'preact/hooks';
import { query, select } from '../app/address';
import { getJson } from '../server/api';
import type { JobInputs, JobView, LogRow } from '../server/types';
import { bytes, count } from '../widgets/format';
import { useLoaded, Waiting } from '../widgets/load';
import { highlight } from './highlight';

/** Lines that are shown at a time. */
const LINES = 500;

interface Lines {
  readonly first: number;
  readonly lines: readonly string[];
  readonly more: boolean;
}
/** Something said about a line of a file. */
interface Remark {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly bad: boolean;
}

/** The files that a calculation was made of, with what was found wrong or odd beside the lines. */
export function InputsPage({ job }: { readonly job: JobView }) {
  const { id } = job;
  const inputs = useLoaded(`/v2/calc/${id}/inputs`, getJson<JobInputs>);
  const log = useLoaded(`/v1/calc/${id}/log/:`, getJson<LogRow[]>);
  const remarks = [...job.faults.map(faultRemark), ...(log.value ?? []).flatMap(warningRemarks)].filter(
    (remark) => remark !== undefined,
  );
  const files = inputs.value?.files ?? [];
  const path = query.value.get('file') ?? inputs.value?.ini.file;
  return (
    <section class="card" aria-labelledby="inputs-title">
      <h2 id="inputs-title">Inputs</h2>
      <Waiting loaded={inputs} what="the inputs" />
      {inputs.value && Object.keys(inputs.value.overrides).length > 0 && (
        <p>
          In place of what the job file says:{' '}
          {Object.entries(inputs.value.overrides).map(([name, value]) => (
            <code>
              {name} = {value}{' '}
            </code>
          ))}
        </p>
      )}
      <div class="files">
        <ul class="file-list" aria-label="Files">
          {files.map((file) => {
            const said = remarks.filter((remark) => remark.file === file.path).length;
            return (
              <li>
                <button
                  type="button"
                  class="open"
                  aria-current={file.path === path ? 'true' : undefined}
                  onClick={() => select({ file: file.path, line: undefined })}
                >
                  {file.path}
                </button>{' '}
                <span class="hint">
                  {bytes(file.size)}
                  {said > 0 && `, ${count(said, 'remark')}`}
                </span>
              </li>
            );
          })}
        </ul>
        {path !== undefined && inputs.value && (
          <FileView key={path} id={id} path={path} remarks={remarks.filter(({ file }) => file === path)} />
        )}
      </div>
    </section>
  );
}

function FileView({
  id,
  path,
  remarks,
}: {
  readonly id: number;
  readonly path: string;
  readonly remarks: readonly Remark[];
}) {
  const [first, setFirst] = useState(Math.max(1, Number(query.value.get('line') ?? '1') - 20));
  const loaded = useLoaded(
    `/v2/calc/${id}/inputs/lines?path=${encodeURIComponent(path)}&first=${first}&count=${LINES}`,
    getJson<Lines>,
  );
  const { lines = [], more = false } = loaded.value ?? {};
  return (
    <div class="file">
      <h3>{path}</h3>
      <div class="row">
        <button type="button" disabled={first === 1} onClick={() => setFirst(Math.max(1, first - LINES))}>
          Earlier lines
        </button>
        <button type="button" disabled={!more} onClick={() => setFirst(first + LINES)}>
          Later lines
        </button>
        {remarks.map((remark) => (
          <button type="button" onClick={() => setFirst(Math.max(1, remark.line - 5))}>
            Line {remark.line}
          </button>
        ))}
      </div>
      <Waiting loaded={loaded} what="the file" />
      <pre class="source" tabIndex={0} role="region" aria-label={`Lines of ${path}`}>
        {lines.map((line, k) => {
          const number = first + k;
          const said = remarks.filter((remark) => remark.line === number);
          return (
            <>
              <span class={said.length > 0 ? 'here' : ''}>
                <span class="line-number">{String(number).padStart(6)} </span>
                {highlight(path, line).map(({ kind, text }) => (
                  <span class={`token-${kind}`}>{text}</span>
                ))}
                {'\n'}
              </span>
              {said.map(({ text, bad }) => (
                <span class={`remark ${bad ? 'bad' : ''}`}>
                  {'        ▲ '}
                  {text}
                  {'\n'}
                </span>
              ))}
            </>
          );
        })}
      </pre>
    </div>
  );
}

function faultRemark({ file, line, message }: JobView['faults'][number]): Remark | undefined {
  return file === undefined || line === undefined ? undefined : { file, line, text: message, bad: true };
}

/** Warnings begin with the file and the line that they are about. */
function warningRemarks([, level, , message]: LogRow): Remark[] {
  if (level !== 'WARNING') return [];
  return message.split('\n').flatMap((text) => {
    const [, file, line, rest] = /^(\S+), line (\d+): (.*)$/.exec(text) ?? [];
    return file === undefined ? [] : [{ file, line: Number(line), text: rest, bad: false }];
  });
}
