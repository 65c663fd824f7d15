/**
 * The similarity in bits of two distributions in thousandths, itself in thousandths; 0 where either holds nothing. RoundedSimilarity.cs
 * computes the same, and stores by how much the similarity of the whole digits differs.
 */
export function roundedSimilarity(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let [sumP, sumQ] = [0, 0];
  for (let i = 0; i < p.length; i++) {
    sumP += p[i]!;
    sumQ += q[i]!;
  }
  if (sumP === 0 || sumQ === 0) return 0;
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i]! / sumP, q[i]! / sumQ];
    const m = (a + b) / 2;
    if (a > 0) divergence += (a * Math.log2(a / m)) / 2;
    if (b > 0) divergence += (b * Math.log2(b / m)) / 2;
  }
  return Math.floor(1000 * (1 - Math.sqrt(Math.min(1, Math.max(0, divergence)))) + 0.5);
}

/** 0, 1, 2, 3, ... as 0, -1, 1, -2, ... */
export const withSign = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);
