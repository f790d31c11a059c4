using System.Globalization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// Whom a joining peer chooses among, each with the weight that the overlay rule gives it and its chance in the first
/// draw. Weights are the rule's own; only drawing is left out.
/// </summary>
internal sealed class CandidateTable
{
    private readonly OverlayRule rule;
    private readonly PeerListEntry[] candidates;
    private readonly NodeAddress[] chosen;

    /// <param name="known">By the lists that the peer has read.</param>
    public CandidateTable(OverlayRule rule, IEnumerable<PeerListEntry> known, IEnumerable<NodeAddress> chosen)
    {
        this.rule = rule;
        this.chosen = [.. chosen];
        candidates = [.. InOrder(known)];
    }

    public int Count => candidates.Length;

    public int TotalWeight => candidates.Sum(candidate => PreferentialAttachment.WeightOf(candidate.Degree));

    /// <summary>The chance of each in the first draw; null where nothing is drawn.</summary>
    public IReadOnlyList<double>? Chances => rule switch
    {
        PreferentialAttachment => Shares(place => PreferentialAttachment.WeightOf(candidates[place].Degree)),
        ZipfRank { Order: RankOrder.Shuffled } or UniformAttachment => Shares(_ => 1),
        ZipfRank zipf => Shares(place => zipf.WeightOf(place + 1)),
        _ => null,
    };

    public DemoTable Table()
    {
        var chances = Chances;
        return new DemoTable(
            "Whom it knows, and whom it chooses",
            ["peer", "links", "weight", "chance in the first draw", "chosen"],
            [
                .. candidates.Select(IReadOnlyList<string> (candidate, place) =>
                [
                    NumberWords.Digits(candidate.Address.Port),
                    NumberWords.Digits(candidate.Degree),
                    WeightInWords(candidate, place),
                    chances is null ? "no lot" : NumberWords.Percent(chances[place]),
                    chosen.Contains(candidate.Address) ? "yes" : "",
                ]),
            ],
            [.. Enumerable.Range(0, Count).Where(place => chosen.Contains(candidates[place].Address))]);
    }

    /// <summary>The most likely one with its chance, as an example.</summary>
    public string? Example(DemoNames names)
    {
        if (Count < 2 || Chances is not { } chances || chances.Max() == chances.Min()) return null;
        var place = chances.ToList().IndexOf(chances.Max());
        var share = rule is PreferentialAttachment
            ? $" ({candidates[place].Degree} of {TotalWeight} lots)"
            : "";
        return $"{names.Big(candidates[place].Address)} has the best chance: {NumberWords.Percent(chances[place])} in"
            + $" the first draw{share}.";
    }

    /// <summary>As the rule ranks them.</summary>
    private IEnumerable<PeerListEntry> InOrder(IEnumerable<PeerListEntry> known)
    {
        var byAge = known.OrderBy(entry => entry.JoinStamp).ThenBy(entry => entry.Address);
        return rule is TopHalf ? byAge.OrderByDescending(entry => entry.Degree) : byAge;
    }

    private string WeightInWords(in PeerListEntry candidate, int place) => rule switch
    {
        PreferentialAttachment => NumberWords.Digits(PreferentialAttachment.WeightOf(candidate.Degree)),
        ZipfRank { Order: RankOrder.Shuffled } => "1/rank, rank by lot",
        ZipfRank zipf => ((double)zipf.WeightOf(place + 1) / zipf.WeightOf(1))
            .ToString("0.###", CultureInfo.InvariantCulture),
        UniformAttachment => "1",
        TopHalf => $"rank {NumberWords.Digits(place + 1)}",
        _ => "\u2013",
    };

    private double[] Shares(Func<int, double> weightOf)
    {
        var weights = Enumerable.Range(0, Count).Select(weightOf).ToArray();
        var total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }
}
