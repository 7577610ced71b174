import { useState } from 'preact/hooks';
import { post, ServerFault } from '../server/api';
import type { JobView } from '../server/types';

/** Words by which the calculation is found, changed in place. */
export function Tags({ job: { id, tags } }: { readonly job: JobView }) {
  const [fault, setFault] = useState('');
  const save = (text: string): void => {
    setFault('');
    post(`/v2/calc/${id}/tags?tags=${encodeURIComponent(text)}`).catch((error: unknown) =>
      setFault(error instanceof ServerFault ? error.message : String(error)),
    );
  };
  return (
    <label class="field narrow">
      Tags
      <input
        type="text"
        name="tags"
        key={tags.join()}
        defaultValue={tags.join(' ')}
        placeholder="draft europe"
        onChange={({ currentTarget }) => save(currentTarget.value)}
      />
      {fault && (
        <span class="bad" role="alert">
          {fault}
        </span>
      )}
    </label>
  );
}
