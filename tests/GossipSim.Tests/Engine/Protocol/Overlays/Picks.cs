using GossipSim.Engine.Protocol;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Whom peers choose that differ in their random streams only, and whether chance explains it.</summary>
internal static class Picks
{
    /// <summary>Right rules fail one in a hundred thousand random seeds; these are fixed.</summary>
    private const double Confidence = 1 - 1e-5;

    /// <summary>Whom each of so many peers dials when it has read this list, by number.</summary>
    public static int[][] Of(PeerOptions options, int runs, params PeerListEntry[] listed) =>
        [.. Enumerable.Range(0, runs).Select(run => One(options, (ulong)run, listed))];

    public static int[] One(PeerOptions options, ulong randomSeed, params PeerListEntry[] listed)
    {
        var joining = new PeerStage(options, randomSeed: randomSeed);
        joining.IsAcknowledged();
        joining.ReadsFromAMajority(listed);
        return [.. joining.Host.RecipientsOf<Connect>().Select(address => address.Port - Cast.Peer(0).Port)];
    }

    /// <summary>Members that are older than the joining peer: 0 the oldest, and of these degrees.</summary>
    public static PeerListEntry[] Older(params int[] degrees) =>
        [.. degrees.Select((degree, index) => PeerStage.Entry(Cast.Peer(index), joinStamp: index + 1, degree))];

    /// <summary>Pearson's chi-square test of counts against the shares that they should have.</summary>
    /// <param name="spread">
    /// How much less than independent draws the counts scatter: draws without replacement from n, k at a time, by
    /// (n-k)/(n-1) where all have the same chance.
    /// </param>
    public static void AssertShares(IReadOnlyList<int> counts, IReadOnlyList<double> shares, double spread = 1)
    {
        Assert.That(shares.Sum(), Is.EqualTo(1).Within(1e-9));
        double draws = counts.Sum();
        var statistic = counts
            .Zip(shares, (count, share) => Math.Pow(count - (draws * share), 2) / (draws * share)).Sum();
        Assert.That(
            statistic / spread, Is.LessThan(ChiSquared.InvCDF(counts.Count - 1, Confidence)),
            $"counted {string.Join(", ", counts)} for the shares {string.Join(", ", shares)}");
    }

    public static int[] Count(IEnumerable<int> picks, int members)
    {
        var counts = new int[members];
        foreach (var pick in picks) counts[pick]++;
        return counts;
    }
}
