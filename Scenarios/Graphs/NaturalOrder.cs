namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// The order of names in which runs of digits count as numbers: 127.0.0.1:7000 comes before 127.0.0.1:10000, and 7
/// before 07. Everything else is compared by character.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> one = x, other = y;
        while (!one.IsEmpty && !other.IsEmpty)
        {
            int digits = Digits(one), otherDigits = Digits(other);
            ReadOnlySpan<char> number = one[..digits].TrimStart('0'), otherNumber = other[..otherDigits].TrimStart('0');
            int difference = digits == 0 || otherDigits == 0
                ? one[0].CompareTo(other[0])
                : number.Length != otherNumber.Length
                    ? number.Length.CompareTo(otherNumber.Length)
                    : number.SequenceCompareTo(otherNumber);
            if (difference != 0) return difference;
            one = one[Math.Max(digits, 1)..];
            other = other[Math.Max(otherDigits, 1)..];
        }

        int rest = one.Length.CompareTo(other.Length);
        return rest != 0 ? rest : (x?.Length ?? 0).CompareTo(y?.Length ?? 0);
    }

    /// <summary>How many digits the text begins with.</summary>
    private static int Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
