import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of a test, which keeps what it has when it is started again. */
export class RedisServer {
  private process: ChildProcess | undefined;
  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<RedisServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    const server = new RedisServer(mkdtempSync(join(tmpdir(), 'terrane-redis-')), port);
    await server.up();
    return server;
  }

  get address(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const always = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    this.process = spawn('redis-server', [...place, ...always], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    for await (const chunk of this.process.stdout!) {
      text += String(chunk);
      if (text.includes('Ready to accept connections')) break;
    }
    this.process.stdout!.resume();
  }

  async down(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const gone = once(this.process!, 'exit');
    this.process!.kill(signal);
    await gone;
  }

  async remove(): Promise<void> {
    await this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
