/** A node of a best-first search: the greatest worth of anything that it may lead to. */
export interface Bounded {
  readonly bound: number;
}

/** A binary heap that gives the node of greatest bound first; of equals the one that came first. */
export class BestFirstQueue<Node extends Bounded> {
  private readonly nodes: Node[] = [];
  private readonly arrivals: number[] = [];
  private arrived = 0;

  get size(): number {
    return this.nodes.length;
  }

  push(node: Node): void {
    const { nodes, arrivals } = this;
    const arrival = this.arrived++;
    let at = nodes.length;
    nodes.push(node);
    arrivals.push(arrival);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (nodes[parent]!.bound >= node.bound) break;
      nodes[at] = nodes[parent]!;
      arrivals[at] = arrivals[parent]!;
      at = parent;
    }
    nodes[at] = node;
    arrivals[at] = arrival;
  }

  /** The node of greatest bound, or null when none is left. */
  pop(): Node | null {
    const { nodes, arrivals } = this;
    const top = nodes[0];
    if (top === undefined) return null;
    const last = nodes.pop()!;
    const lastArrival = arrivals.pop()!;
    const size = nodes.length;
    if (size === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.isBefore(child + 1, nodes[child]!, arrivals[child]!)) child++;
      if (!this.isBefore(child, last, lastArrival)) break;
      nodes[at] = nodes[child]!;
      arrivals[at] = arrivals[child]!;
      at = child;
    }
    nodes[at] = last;
    arrivals[at] = lastArrival;
    return top;
  }

  private isBefore(at: number, { bound }: Node, arrival: number): boolean {
    const own = this.nodes[at]!.bound;
    return own > bound || (own === bound && this.arrivals[at]! < arrival);
  }
}
