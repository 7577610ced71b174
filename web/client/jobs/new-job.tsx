import { useEffect, useState } from 'preact/hooks';
import { go } from '../app/address';
import { sendFiles, ServerFault, type JobFile } from '../server/api';
import { announcement } from '../server/jobs';
import { bytes } from '../widgets/format';
import { chosenFiles, droppedFiles } from './dropped-files';
import { drafting, useCheck } from './check';
import { Examples } from './examples';
import { FaultList } from './fault-list';
import { ParameterForm } from './parameter-form';
import { Preview } from './preview';

/** Takes the files of a job in, tells its faults in place, takes mended files, starts it. */
export function NewJob() {
  const [files, setFiles] = useState<readonly JobFile[]>([]);
  const [ini, setIni] = useState('');
  const [sent, setSent] = useState<number>();
  const [refused, setRefused] = useState<ServerFault>();
  const [overrides, setOverrides] = useState<Readonly<Record<string, string>>>({});
  const [over, setOver] = useState(false);

  /** A file that is there already is replaced: that is how a mended one comes. */
  const add = (more: readonly JobFile[]): void => {
    setFiles((before) => {
      const archive = more.some(({ path }) => /\.zip$/i.test(path));
      const kept = archive
        ? []
        : before.filter(({ path }) => !more.some((file) => file.path === path) && !/\.zip$/i.test(path));
      return [...kept, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
    });
    setRefused(undefined);
  };
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = (event: DragEvent): void => {
      drag(event);
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(add);
    };
    addEventListener('dragover', drag);
    addEventListener('dragleave', drag);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', drag);
      removeEventListener('drop', drop);
    };
  }, []);

  const inis = files.filter(({ path }) => path.endsWith('.ini')).map(({ path }) => path);
  const ready = files.length > 0 && (inis.length <= 1 || inis.includes(ini));
  const fields = { job_ini: ini, overrides: JSON.stringify(overrides) };
  const checked = useCheck(files, fields, ready);
  useEffect(() => {
    drafting.value = files.length > 0;
    return () => {
      drafting.value = false;
    };
  }, [files]);
  const fault = refused ?? checked.fault;
  const entries = checked.preview?.ini.entries;
  const [given, setGiven] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    // while a value is wrong, what was given before stays
    if (entries) setGiven(new Map(entries.filter(({ line }) => line > 0).map(({ key, value }) => [key, value])));
  }, [entries]);

  const run = async (event: Event): Promise<void> => {
    event.preventDefault();
    setRefused(undefined);
    setSent(0);
    try {
      const { job_id: id } = await sendFiles<{ job_id: number }>('/v2/jobs', files, fields, setSent);
      announcement.value = `Calculation ${id} was accepted.`;
      go(`/engine/${id}/outputs`);
    } catch (error) {
      if (!(error instanceof ServerFault)) throw error;
      setRefused(error);
    } finally {
      setSent(undefined);
    }
  };
  return (
    <>
      <form class="card" id="upload" aria-labelledby="upload-title" onSubmit={(event) => void run(event)}>
        <h2 id="upload-title">New calculation</h2>
        <label class={`drop ${over ? 'over' : ''}`} id="drop">
          <input
            type="file"
            id="files"
            multiple
            onChange={({ currentTarget }) => {
              add(chosenFiles(currentTarget.files));
              currentTarget.value = '';
            }}
          />
          <span>
            <strong>Drop a ZIP, a folder or the files of a job anywhere on this page</strong>
            <br />
            or choose them
          </span>
        </label>
        <label class="button folder">
          Choose a folder
          <input
            type="file"
            class="visually-hidden"
            {...{ webkitdirectory: true }}
            onChange={({ currentTarget }) => add(chosenFiles(currentTarget.files))}
          />
        </label>
        {files.length === 0 && <Examples onChoose={add} />}
        {files.length > 0 && (
          <ul class="chosen" id="chosen" aria-label="Chosen files">
            {files.map(({ path, file }) => (
              <li key={path}>
                {path} ({bytes(file.size)}){' '}
                <button
                  type="button"
                  aria-label={`Leave out ${path}`}
                  onClick={() => setFiles(files.filter((one) => one.path !== path))}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class="row">
          {inis.length > 1 && (
            <label class="field">
              Job file
              <select value={ini} onChange={({ currentTarget }) => setIni(currentTarget.value)}>
                <option value="">choose one</option>
                {inis.map((path) => (
                  <option value={path}>{path}</option>
                ))}
              </select>
            </label>
          )}
          <button type="submit" class="primary" id="submit" disabled={!ready || sent !== undefined}>
            Run
          </button>
          {files.length > 0 && (
            <button
              type="button"
              onClick={() => {
                setFiles([]);
                setOverrides({});
                setRefused(undefined);
              }}
            >
              Start over
            </button>
          )}
          <span class="hint" role="status" id="checking">
            {checked.busy ? 'Checking …' : checked.preview ? 'Nothing is wrong with this job.' : ''}
          </span>
        </div>
        {sent !== undefined && <progress max={1} value={sent} aria-label="Sending" />}
        {sent === 1 && <p class="hint">The server reads and checks the job.</p>}
        {fault && <FaultList fault={fault} files={files} />}
      </form>
      {checked.preview && <Preview preview={checked.preview} />}
      {(checked.preview || given.size > 0) && files.length > 0 && (
        <details class="card" id="parameters" open={Object.keys(overrides).length > 0}>
          <summary>Parameters</summary>
          <ParameterForm given={given} overrides={overrides} onChange={setOverrides} />
        </details>
      )}
    </>
  );
}
