using LocalOpinions.Common;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>Permutations of 0 to n - 1 as arrays from position to element.</summary>
static class Permutations
{
    public static int[] Identity(int n) => [.. Enumerable.Range(0, n)];

    /// <summary>The n rotations, the identity first.</summary>
    public static List<int[]> Rotations(int n) =>
        [.. Enumerable.Range(0, n).Select(shift => Enumerable.Range(0, n).Select(i => (i + shift) % n).ToArray())];

    /// <summary>All n! in lexicographic order.</summary>
    public static List<int[]> All(int n)
    {
        List<int[]> all = [];
        var next = Identity(n);
        do
            all.Add([.. next]);
        while (Advance(next));
        return all;
    }

    /// <summary>Different random permutations, in the order in which they were drawn; all n! where as many or more are asked for.</summary>
    public static List<int[]> Sample(int n, int count, ulong seed)
    {
        count = (int)Math.Min(count, Count(n, atMost: count));
        var random = new SplitMix64(seed);
        var seen = new HashSet<string>();
        List<int[]> sample = [];
        while (sample.Count < count)
        {
            var drawn = Shuffled(n, ref random);
            if (seen.Add(string.Join(' ', drawn)))
                sample.Add(drawn);
        }
        return sample;
    }

    /// <summary>Whether an array is a permutation of 0 to n - 1.</summary>
    public static bool IsOne(ReadOnlySpan<int> order, int n)
    {
        if (order.Length != n)
            return false;
        var seen = new bool[n];
        foreach (var element in order)
        {
            if ((uint)element >= (uint)n || seen[element])
                return false;
            seen[element] = true;
        }
        return true;
    }

    /// <summary>Fisher and Yates.</summary>
    static int[] Shuffled(int n, ref SplitMix64 random)
    {
        var order = Identity(n);
        for (var i = n - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>Turns a permutation into the next in lexicographic order; false at the last.</summary>
    static bool Advance(int[] order)
    {
        var pivot = order.Length - 2;
        while (pivot >= 0 && order[pivot] > order[pivot + 1])
            pivot--;
        if (pivot < 0)
            return false;
        var successor = order.Length - 1;
        while (order[successor] < order[pivot])
            successor--;
        (order[pivot], order[successor]) = (order[successor], order[pivot]);
        order.AsSpan(pivot + 1).Reverse();
        return true;
    }

    /// <summary>n!, or no less than <paramref name="atMost"/> where n! is more.</summary>
    static long Count(int n, int atMost)
    {
        var product = 1L;
        for (var i = 2; i <= n && product < atMost; i++)
            product *= i;
        return product;
    }
}
