// Sets of tensors that must share one scale and zero point, as union-find over tensor ids.
import type { FixedScale, TensorId } from '@wherry/graph';

/** Lives as long as one plan is being made. */
export class ScaleGroups {
  readonly #parent = new Map<TensorId, TensorId>();
  readonly #fixed = new Map<TensorId, FixedScale>();

  /** The representative: the smallest id of the group. */
  rootOf(id: TensorId): TensorId {
    let root = id;
    for (let parent = this.#parent.get(root); parent !== undefined; parent = this.#parent.get(root)) root = parent;
    return root;
  }

  fixedScale(id: TensorId): FixedScale | undefined {
    return this.#fixed.get(this.rootOf(id));
  }

  /** Binds a group to a scale of the specification; false when it is bound to another already. */
  fix(id: TensorId, scale: FixedScale): boolean {
    const known = this.fixedScale(id);
    if (known !== undefined) return known.scale === scale.scale && known.zeroPoint === scale.zeroPoint;
    this.#fixed.set(this.rootOf(id), scale);
    return true;
  }

  /** Joins two groups; false, and nothing changed, when both are bound to different scales. */
  join(a: TensorId, b: TensorId): boolean {
    const [first, second] = [this.rootOf(a), this.rootOf(b)];
    if (first === second) return true;
    const scale = this.#fixed.get(first) ?? this.#fixed.get(second);
    const other = this.#fixed.get(second);
    if (
      scale !== undefined &&
      other !== undefined &&
      (scale.scale !== other.scale || scale.zeroPoint !== other.zeroPoint)
    ) {
      return false;
    }
    const root = Math.min(first, second);
    this.#parent.set(Math.max(first, second), root);
    this.#fixed.delete(first);
    this.#fixed.delete(second);
    if (scale !== undefined) this.#fixed.set(root, scale);
    return true;
  }
}
