import { useEffect, useRef } from 'preact/hooks';

interface Properties {
  readonly question: string;
  readonly detail: string;
  readonly action: string;
  onAnswer(yes: boolean): void;
}

/** Asks before something is lost. Escape and Cancel answer no; focus goes back to where it was. */
export function Question({ question, detail, action, onAnswer }: Properties) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => box.current!.showModal(), []);
  return (
    <dialog ref={box} aria-labelledby="question" onCancel={() => onAnswer(false)}>
      <h2 id="question">{question}</h2>
      <p>{detail}</p>
      <div class="row">
        <button type="button" onClick={() => onAnswer(false)}>
          Cancel
        </button>
        <button type="button" class="danger" onClick={() => onAnswer(true)}>
          {action}
        </button>
      </div>
    </dialog>
  );
}
