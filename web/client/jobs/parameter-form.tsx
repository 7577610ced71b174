import { useState } from 'preact/hooks';
import { getJson } from '../server/api';
import type { ParameterDeclaration } from '../server/types';
import { useLoaded, Waiting } from '../widgets/load';

type Values = Readonly<Record<string, string>>;
interface Properties {
  /** what the job file says, by name */
  readonly given: ReadonlyMap<string, string>;
  /** values that replace those of the job file */
  readonly overrides: Values;
  onChange(overrides: Values): void;
}

/** Every parameter with its meaning, unit and default; what is changed here replaces what the job file says. */
export function ParameterForm({ given, overrides, onChange }: Properties) {
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const loaded = useLoaded('/v2/parameters', getJson<Record<string, ParameterDeclaration[]>>);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const isShown = (declaration: ParameterDeclaration): boolean => {
    const text = `${declaration.name} ${declaration.meaning}`.toLowerCase();
    if (words.length > 0) return words.every((word) => text.includes(word));
    return all ? declaration.use !== 'none' : given.has(declaration.name) || declaration.name in overrides;
  };
  const set = (name: string, value: string): void => {
    const others = Object.entries(overrides).filter(([other]) => other !== name);
    const changed = value === (given.get(name) ?? '') ? others : [...others, [name, value] as const];
    onChange(Object.fromEntries(changed));
  };
  return (
    <div class="parameters">
      <Waiting loaded={loaded} what="the parameters" />
      <div class="row">
        <label class="field">
          Search parameters
          <input type="search" value={search} onInput={({ currentTarget }) => setSearch(currentTarget.value)} />
        </label>
        <label>
          <input type="checkbox" checked={all} onChange={({ currentTarget }) => setAll(currentTarget.checked)} /> also
          those that the job does not give
        </label>
        {Object.keys(overrides).length > 0 && (
          <button type="button" onClick={() => onChange({})}>
            Take back all changes
          </button>
        )}
      </div>
      {Object.entries(loaded.value ?? {}).map(([subject, declarations]) => {
        const shown = declarations.filter(isShown);
        if (shown.length === 0) return null;
        return (
          <fieldset key={subject}>
            <legend>{subject}</legend>
            {shown.map((declaration) => (
              <Parameter
                key={declaration.name}
                declaration={declaration}
                value={overrides[declaration.name] ?? given.get(declaration.name) ?? ''}
                changed={declaration.name in overrides}
                onChange={(value) => set(declaration.name, value)}
              />
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}

interface ParameterProperties {
  readonly declaration: ParameterDeclaration;
  readonly value: string;
  readonly changed: boolean;
  onChange(value: string): void;
}

function Parameter({ declaration, value, changed, onChange }: ParameterProperties) {
  const { name, unit, meaning, allowed, choices, type } = declaration;
  const standard = declaration.default === undefined ? '' : textOf(declaration.default);
  const words = type === 'choice' ? choices : type === 'boolean' ? ['true', 'false'] : undefined;
  const help = `parameter-${name}`;
  return (
    <div class={`parameter ${changed ? 'changed' : ''}`}>
      <label class="field">
        <span>
          <code>{name}</code> {unit && `(${unit})`} {changed && <em>changed</em>}
        </span>
        {words ? (
          <select
            name={name}
            value={value}
            aria-describedby={help}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          >
            <option value="">{standard ? `default: ${standard}` : 'not given'}</option>
            {[...new Set([...words, ...(value ? [value] : [])])].map((word) => (
              <option value={word}>{word}</option>
            ))}
          </select>
        ) : (
          <input
            type="text"
            name={name}
            value={value}
            placeholder={standard && `default: ${standard}`}
            aria-describedby={help}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          />
        )}
      </label>
      <p class="hint" id={help}>
        {meaning} {!words && `Written as: ${allowed}.`}
      </p>
    </div>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
