import { openApi } from '../openapi.js';
import type { Route } from '../route.js';

/** The description of all routes for programs; `sections` is asked when it is needed, as it holds this route too. */
export function description(sections: () => Readonly<Record<string, readonly Route[]>>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v2/openapi.json',
      access: 'user',
      summary: 'All addresses as an OpenAPI 3.1 document; the page shows it at /engine/api.',
      answer: '`{"openapi", "info", "paths", ...}`',
      handle: (_request, response) => void response.json(openApi(sections())),
    },
  ];
}
