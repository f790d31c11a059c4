using System.Globalization;
using System.Text.RegularExpressions;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>In which order the lines of a decision stand in the log: causes before what they lead to.</summary>
internal static partial class LogTraces
{
    /// <summary>PROPOSAL, votes, OUTCOME, list: at one seed node at least, which led the vote.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? WrongRegistration(LogText log, NodeAddress[] seedNodes, NodeAddress peer)
    {
        var name = Regex.Escape(peer.ToString());
        return WrongAtAll(
            log, seedNodes, $"the registration of {peer.Port}",
            $"PROPOSAL: Register peer {name} ", "Vote from ", $"OUTCOME — APPROVED: Peer {name} ",
            $"Peer {name} is on the Peer List", $"Current Peer List.*{name}");
    }

    /// <summary>A peer's report; then, at a seed node, PROPOSAL, vote, OUTCOME, CONFIRMED REMOVAL, list.</summary>
    public static string? WrongRemoval(LogText log, NodeAddress[] seedNodes, NodeAddress dead)
    {
        var name = Regex.Escape(dead.ToString());
        var report = log.Find($"DEAD NODE REPORT: Dead Node:{name}:");
        if (report < 0) return $"nobody reported {dead.Port}";
        var proposal = log.Find($"PROPOSAL: Remove peer {name} ");
        if (proposal >= 0 && proposal < report) return $"the removal of {dead.Port} is proposed before it is reported";
        return WrongAtAll(
            log, seedNodes, $"the removal of {dead.Port}",
            $"PROPOSAL: Remove peer {name} ", "Vote from ", $"OUTCOME — APPROVED: Remove {name} ",
            $"CONFIRMED REMOVAL: {name}$", "Current Peer List");
    }

    /// <summary>Every APPROVED has its PROPOSAL before it at the same seed node, and the votes of a quorum.</summary>
    public static string? WrongOutcome(LogText log, NodeAddress[] seedNodes, int quorum)
    {
        foreach (var seed in seedNodes)
        {
            var own = log.OfSeedNode(seed);
            for (var place = 0; place < own.Lines.Count; place++)
            {
                if (Approved().Match(own.Lines[place]) is not { Success: true } approved) continue;
                var votes = VotesIn(approved);
                if (votes < quorum) return $"approved with {votes} votes: {own.Lines[place]}";
                var aim = approved.Groups["aim"].Value == "Peer" ? "Register peer" : "Remove peer";
                var proposal = own.Find($"PROPOSAL: {aim} {Regex.Escape(approved.Groups["node"].Value)} ");
                if (proposal < 0 || proposal > place) return $"approved and not proposed before: {own.Lines[place]}";
            }
        }

        return null;
    }

    /// <summary>The most votes with which a seed node told that it approved a registration; 0 when none did.</summary>
    public static int VotesFor(LogText log, NodeAddress peer) => log.Lines.Select(line => Approved().Match(line))
        .Where(told => told.Success && told.Groups["aim"].Value == "Peer"
            && told.Groups["node"].Value == peer.ToString())
        .Select(VotesIn).DefaultIfEmpty().Max();

    private static int VotesIn(Match approved) =>
        int.Parse(approved.Groups["votes"].Value, CultureInfo.InvariantCulture);

    private static string? WrongAtAll(LogText log, NodeAddress[] seedNodes, string what, params string[] patterns)
    {
        var missing = seedNodes.Select(seed => log.OfSeedNode(seed).FirstOutOfOrder(patterns)).ToList();
        return missing.Contains(null)
            ? null
            : $"{what} is at no seed node in order: \"{missing.MaxBy(pattern => Array.IndexOf(patterns, pattern))}\" "
                + "does not follow";
    }

    [GeneratedRegex(@"OUTCOME — APPROVED: (?<aim>Peer|Remove) (?<node>\S+)  \[votes=(?<votes>\d+)/")]
    private static partial Regex Approved();
}
