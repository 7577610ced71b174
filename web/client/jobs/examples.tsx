import { useState } from 'preact/hooks';
import { getJson, type JobFile } from '../server/api';
import { useLoaded } from '../widgets/load';

interface Example {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Jobs to try: their files are taken as if they had been dropped. */
export function Examples({ onChoose }: { onChoose(files: readonly JobFile[]): void }) {
  const [chosen, setChosen] = useState('');
  const { value: examples = [] } = useLoaded('/v2/examples', getJson<Example[]>);
  if (examples.length === 0) return null;
  const choose = (name: string): void => {
    setChosen('');
    const files = examples.find((example) => example.name === name)?.files ?? {};
    onChoose(Object.entries(files).map(([path, text]) => ({ path, file: new File([text], path) })));
  };
  return (
    <label class="field">
      Or try an example
      <select id="example" value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">choose one</option>
        {examples.map(({ name, files }) => (
          <option value={name}>
            {name.replace(/-/g, ' ')}: {titleOf(files['job.ini'] ?? '')}
          </option>
        ))}
      </select>
    </label>
  );
}

function titleOf(ini: string): string {
  return /^description\s*=\s*(.*)$/m.exec(ini)?.[1] ?? '';
}
