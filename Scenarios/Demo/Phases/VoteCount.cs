using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The votes of one change as they come, for the small table beside the picture.</summary>
internal sealed class VoteCount(DemoNames names, Majority majority)
{
    private readonly Dictionary<NodeAddress, (bool Yes, string Why)> votes = [];

    public int Yes => votes.Values.Count(vote => vote.Yes);

    public int No => votes.Values.Count(vote => !vote.Yes);

    /// <summary>When a seed node first had heard enough of them; null before.</summary>
    public Instant? Decided { get; set; }

    /// <summary>The seed nodes that have changed their lists.</summary>
    public HashSet<NodeAddress> CarriedOut { get; } = [];

    /// <summary><c>Votes so far: 1 YES, 0 NO; needed: 2 of 3.</c></summary>
    public string InWords =>
        $"Votes so far: {Yes} YES, {No} NO. Needed: {majority.Quorum} of {majority.Voters}.";

    public static string InWord(bool yes) => yes ? "YES" : "NO";

    public static DemoWord Message(bool yes) => yes ? DemoWord.VoteYes : DemoWord.VoteNo;

    /// <summary>Returns why it was given: the seed node's own reason where it is a NO.</summary>
    public string Note(NodeAddress voter, Ballot ballot, string whyYes)
    {
        var why = ballot.Yes ? whyYes : ballot.Reason.ToString();
        votes[voter] = (ballot.Yes, why);
        return why;
    }

    public DemoTable Table(params NodeAddress[] marked) => Table(
        $"Votes: {Yes} YES of {majority.Voters}, needed {majority.Quorum} = floor({majority.Voters}/2)+1",
        votes.Keys, "not heard of yet", marked);

    /// <summary>What a seed node goes by: the votes that have reached it, all YES.</summary>
    public DemoTable TableOfHeard(NodeAddress at, IReadOnlyCollection<NodeAddress> voters) => Table(
        $"What {names.Of(at)} has heard: {voters.Count} YES, needed {majority.Quorum} of {majority.Voters}",
        voters, "not heard here yet, and not needed", voters);

    /// <summary>Who has the change on its list already says YES without a new vote.</summary>
    private (bool Yes, string Why) VoteOf(NodeAddress seedNode) => votes.GetValueOrDefault(
        seedNode, (true, "the change is on its own list already"));

    private DemoTable Table(
        string title, IReadOnlyCollection<NodeAddress> heard, string otherwise, IEnumerable<NodeAddress> marked) =>
        DemoTable.OfNodes(
            title, ["seed node", "vote", "why"], names.SeedNodes,
            node => heard.Contains(node) ? [InWord(VoteOf(node).Yes), VoteOf(node).Why] : ["\u2013", otherwise],
            marked);
}
