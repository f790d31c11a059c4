namespace GossipSim.Engine.Protocol;

/// <summary>All have the same chance, as in the assignment's first version: a random subset of the peer list.</summary>
public sealed class UniformAttachment : OverlayRule
{
    internal override int Choose(
        CandidateView candidates, ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random) =>
        Draw(eligible, chosen, ref random);

    /// <summary>The beginning of a shuffle (Fisher and Yates), without the rest of it.</summary>
    internal static int Draw(ReadOnlySpan<int> eligible, Span<int> chosen, ref NodeRandom random)
    {
        var left = eligible.ToArray().AsSpan();
        var count = Math.Min(chosen.Length, left.Length);
        for (var index = 0; index < count; index++)
        {
            var drawn = random.Next(left.Length);
            chosen[index] = left[drawn];
            left[drawn] = left[0];
            left = left[1..];
        }

        return count;
    }
}
