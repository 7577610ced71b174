import { computed, signal } from '@preact/signals';

/** The address of the page: what is shown can be kept, sent and gone back to. */
const address = signal(new URL(location.href));

/** Path of the address, /engine/... */
export const path = computed(() => address.value.pathname);
/** What follows the question mark: the selection within a view. */
export const query = computed(() => address.value.searchParams);

addEventListener('popstate', () => {
  address.value = new URL(location.href);
});

/** Goes to an address of the page, as a new step of the browser's history. */
export function go(target: string): void {
  history.pushState(null, '', target);
  address.value = new URL(location.href);
  scrollTo(0, 0);
}

/** Changes values of the query; undefined takes one away. The step of the history is replaced: selections are no steps. */
export function select(changes: Readonly<Record<string, string | undefined>>): void {
  const next = new URL(address.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  history.replaceState(null, '', next);
  address.value = next;
}

/** For links of the page: a plain click stays in the page, all others are the browser's. */
export function follow(event: MouseEvent): void {
  const { currentTarget, button, ctrlKey, metaKey, shiftKey } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey) return;
  event.preventDefault();
  go((currentTarget as HTMLAnchorElement).href);
}
