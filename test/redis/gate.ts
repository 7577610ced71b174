import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server of this machine that can be shut: what is sent then arrives when it is opened again. */
export class Gate {
  private readonly sockets = new Set<Socket>();
  private shut = false;
  private constructor(private readonly server: Server) {}

  /** @param target address of a Redis */
  static async to(target: string): Promise<Gate> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    const gate = new Gate(server);
    server.on('connection', (near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        gate.sockets.add(one);
        one.on('data', (bytes) => other.write(bytes));
        one.on('close', () => other.destroy());
        one.on('error', () => other.destroy());
        if (gate.shut) one.pause();
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return gate;
  }

  get address(): string {
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.shut = true;
    for (const socket of this.sockets) socket.pause();
  }

  open(): void {
    this.shut = false;
    for (const socket of this.sockets) socket.resume();
  }

  remove(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
