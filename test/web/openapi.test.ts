import assert from 'node:assert/strict';
import { openApi } from '../../web/openapi.js';
import { ROUTES, ROUTE_SECTIONS } from '../../web/routes/index.js';

describe('the OpenAPI document', () => {
  interface Operation {
    readonly operationId: string;
    readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
    readonly requestBody?: object;
    readonly responses: Readonly<Record<string, unknown>>;
  }
  const { openapi, paths } = openApi(ROUTE_SECTIONS) as {
    openapi: string;
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  it('holds every route once, with a name of its own and every part of its path declared', () => {
    assert.equal(openapi, '3.1.0');
    assert.equal(operations.length, ROUTES.length);
    assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, ROUTES.length);
    for (const { path, operation } of operations) {
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      assert.deepEqual(
        declared,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        path,
      );
      assert.match(operation.operationId, /^[a-z]\w*$/i);
      assert.ok(Object.keys(operation.responses).length > 1);
    }
  });

  it('tells forms from queries', () => {
    const run = paths['/v1/calc/run'].post;
    assert.ok(run.requestBody);
    assert.equal(run.parameters, undefined);
    const jobs = paths['/v2/jobs'].get.parameters!.map(({ name }) => name);
    assert.deepEqual(jobs, ['search', 'status', 'owner', 'tag', 'mode', 'sort', 'first', 'count']);
    const curves = paths['/v2/calc/{id}/curves'].get.parameters!.map(({ name }) => name);
    assert.deepEqual(curves, ['id', 'site', 'lon', 'lat']);
  });
});
