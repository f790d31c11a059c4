namespace GossipSim.Scenarios.Exporting;

/// <summary>A time during which something was there, in seconds of scenario time.</summary>
/// <param name="End">Null while it lasts at the end of the run.</param>
internal readonly record struct Spell(double Start, double? End)
{
    /// <summary>The times during which both of two things were there.</summary>
    public static List<Spell> Both(IReadOnlyList<Spell> one, IReadOnlyList<Spell> other)
    {
        var both = new List<Spell>();
        var (i, j) = (0, 0);
        while (i < one.Count && j < other.Count)
        {
            var start = Math.Max(one[i].Start, other[j].Start);
            var (left, right) = (one[i].End ?? double.PositiveInfinity, other[j].End ?? double.PositiveInfinity);
            var end = Math.Min(left, right);
            if (start < end) both.Add(new Spell(start, double.IsPositiveInfinity(end) ? null : end));
            if (left <= right) i++;
            if (right <= left) j++;
        }

        return both;
    }
}
