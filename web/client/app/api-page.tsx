import { useEffect, useState } from 'preact/hooks';
import { getJson } from '../server/api';
import { useLoaded, Waiting } from '../widgets/load';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
}
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<
        string,
        { readonly schema: { readonly properties: Readonly<Record<string, { readonly description: string }>> } }
      >
    >;
  };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}
interface OpenApi {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Every address of the server, from its OpenAPI document; what only reads can be tried. */
export function ApiPage() {
  const [search, setSearch] = useState('');
  const loaded = useLoaded('/v2/openapi.json', getJson<OpenApi>);
  useEffect(() => {
    document.title = 'API: Terrane';
  }, []);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const all = Object.entries(loaded.value?.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const shown = all.filter(({ path, operation }) =>
    words.every((word) => `${path} ${operation.summary}`.toLowerCase().includes(word)),
  );
  return (
    <div class="column" id="api">
      <section class="card">
        <h1>API</h1>
        <p>
          Everything on this page is had by programs too. The description for them, OpenAPI 3.1:{' '}
          <a href="/v2/openapi.json">/v2/openapi.json</a>
        </p>
        <label class="field narrow">
          Search
          <input type="search" value={search} onInput={({ currentTarget }) => setSearch(currentTarget.value)} />
        </label>
        <Waiting loaded={loaded} what="the description" />
      </section>
      {loaded.value?.tags.map(({ name }) => {
        const ofSubject = shown.filter(({ operation }) => operation.tags[0] === name);
        return ofSubject.length === 0 ? null : (
          <section class="card" key={name}>
            <h2>{name}</h2>
            {ofSubject.map((entry) => (
              <details key={entry.operation.operationId}>
                <summary>
                  <code>
                    {entry.method} {entry.path}
                  </code>{' '}
                  <span class="hint">{entry.operation.summary}</span>
                </summary>
                <Details {...entry} />
              </details>
            ))}
          </section>
        );
      })}
    </div>
  );
}

interface Entry {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function Details({ path, method, operation }: Entry) {
  const { parameters = [], requestBody, responses, description } = operation;
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [answer, setAnswer] = useState('');
  const [body] = Object.values(requestBody?.content ?? {});
  const ask = async (): Promise<void> => {
    let address = path;
    const asked = new URLSearchParams();
    for (const { name, in: place } of parameters) {
      const value = values[name] ?? '';
      if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value).replaceAll('%2F', '/'));
      else if (value !== '') asked.set(name, value);
    }
    const response = await fetch(asked.size > 0 ? `${address}?${asked}` : address);
    const type = response.headers.get('content-type') ?? '';
    const isText = /json|text|svg/.test(type);
    const text = isText
      ? (await response.text()).slice(0, 20_000)
      : `${(await response.arrayBuffer()).byteLength} bytes`;
    setAnswer(`${response.status} ${type}\n\n${text}`);
  };
  return (
    <div class="operation">
      <p>{description}</p>
      <div class="row">
        {parameters.map(({ name, in: place, description: meaning }) => (
          <label class="field">
            <span>
              <code>{name}</code> {place === 'path' ? '(part of the address)' : meaning}
            </span>
            <input
              type="text"
              value={values[name] ?? ''}
              onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
            />
          </label>
        ))}
      </div>
      {body && (
        <ul>
          {Object.entries(body.schema.properties).map(([name, { description: meaning }]) => (
            <li>
              <code>{name}</code>: {meaning}
            </li>
          ))}
        </ul>
      )}
      <p>Answer: {Object.values(responses)[0].description.replaceAll('`', '')}</p>
      {method === 'GET' && !path.endsWith('/events') && (
        <button type="button" onClick={() => void ask()}>
          Try it
        </button>
      )}
      {answer && (
        <pre class="log" tabIndex={0} role="region" aria-label={`Answer of ${path}`}>
          {answer}
        </pre>
      )}
    </div>
  );
}
