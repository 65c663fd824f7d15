namespace LocalOpinions.Analysis.Sampling;

/// <summary>A generator that belongs to this program: the same seed gives the same numbers in every version and on every machine.</summary>
/// <remarks>
/// Knuth's subtractive generator (The Art of Computer Programming, volume 2, 3.2.2), in the variant that seeded <see cref="Random"/> has in
/// .NET 10, so that samples of earlier results stay what they are. Not thread-safe, and not for secrets.
/// </remarks>
public sealed class SeededNumbers
{
    const int Modulus = int.MaxValue, Start = 161803398, Length = 56, Lag = 21;

    readonly int[] _state = new int[Length];
    int _next, _nextLagged = Lag;

    /// <summary>Begins a sequence.</summary>
    public SeededNumbers(int seed)
    {
        var last = Start - (seed == int.MinValue ? int.MaxValue : Math.Abs(seed));
        var value = 1;
        _state[Length - 1] = last;
        for (var i = 1; i < Length - 1; i++)
        {
            var place = Lag * i % (Length - 1);
            _state[place] = value;
            value = Within(last - value);
            last = _state[place];
        }
        for (var round = 1; round < 5; round++)
        {
            for (var i = 1; i < Length; i++)
            {
                var other = i + 30;
                if (other >= Length - 1)
                    other -= Length - 1;
                // Wraps around, as the generator's definition has it.
                _state[i] = Within(unchecked(_state[i] - _state[1 + other]));
            }
        }
    }

    /// <summary>A number of <paramref name="least"/> or more and below <paramref name="most"/>, each as likely as any other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public int Next(int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(least, most);
        var range = (long)most - least;
        return range <= Modulus ? (int)(Share() * range) + least : (int)((long)(FineShare() * range) + least);
    }

    /// <summary>Puts values into an order of which each is as likely as any other.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = 0; i < values.Length - 1; i++)
        {
            var other = Next(i, values.Length);
            if (other != i)
                (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <summary>The same for an array.</summary>
    public void Shuffle<T>(T[] values) => Shuffle(values.AsSpan());

    /// <summary>A number from 0 to 1, 1 exclusive.</summary>
    public double Share() => Number() * (1.0 / Modulus);

    // The same with a bit more, where one number has too few values for the range: the second one gives the sign.
    double FineShare()
    {
        var value = Number();
        if (Number() % 2 == 0)
            value = -value;
        return (value + (Modulus - 1.0)) / (2.0 * Modulus - 1);
    }

    // 0 to the modulus, exclusive.
    int Number()
    {
        if (++_next >= Length)
            _next = 1;
        if (++_nextLagged >= Length)
            _nextLagged = 1;
        var value = _state[_next] - _state[_nextLagged];
        if (value == Modulus)
            value--;
        return _state[_next] = Within(value);
    }

    static int Within(int value) => value < 0 ? value + Modulus : value;
}
