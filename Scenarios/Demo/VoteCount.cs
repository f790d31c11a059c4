using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The votes of one change as they come, for the small table beside the picture.</summary>
internal sealed class VoteCount(DemoNames names, Majority majority)
{
    private readonly Dictionary<NodeAddress, (bool Yes, string Why)> votes = [];

    public int Yes => votes.Values.Count(vote => vote.Yes);

    public int No => votes.Values.Count(vote => !vote.Yes);

    public void Note(NodeAddress voter, bool yes, string why) => votes[voter] = (yes, why);

    /// <summary><c>Votes so far: 1 YES, 0 NO; needed: 2 of 3.</c></summary>
    public string InWords =>
        $"Votes so far: {Yes} YES, {No} NO. Needed: {majority.Quorum} of {majority.Voters}.";

    /// <summary>What a seed node goes by: the votes that have reached it.</summary>
    public DemoTable TableOfHeard(NodeAddress at, IReadOnlyCollection<NodeAddress> voters) => new(
        $"What {names.Of(at)} has heard: {voters.Count} YES, needed {majority.Quorum} of {majority.Voters}",
        ["seed node", "vote", "why"],
        [
            .. names.SeedNodes.Select(IReadOnlyList<string> (seedNode) => voters.Contains(seedNode)
                ? [NumberWords.Digits(seedNode.Port), "YES", votes.GetValueOrDefault(seedNode).Why ?? ""]
                : [NumberWords.Digits(seedNode.Port), "\u2013", "not heard here yet, and not needed"]),
        ],
        [.. voters.Select(names.NumberOf)]);

    public DemoTable Table(NodeAddress? marked = null) => new(
        $"Votes: {Yes} YES of {majority.Voters}, needed {majority.Quorum} = floor({majority.Voters}/2)+1",
        ["seed node", "vote", "why"],
        [
            .. names.SeedNodes.Select(IReadOnlyList<string> (seedNode) => votes.TryGetValue(seedNode, out var vote)
                ? [NumberWords.Digits(seedNode.Port), vote.Yes ? "YES" : "NO", vote.Why]
                : [NumberWords.Digits(seedNode.Port), "\u2013", "not heard of yet"]),
        ],
        marked is { } row ? [names.NumberOf(row)] : []);
}
