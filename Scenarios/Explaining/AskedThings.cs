using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Explaining;

/// <summary>Finds the message, the peer and the membership that a question names.</summary>
/// <exception cref="UsageException">There is none; the message names the nearest.</exception>
internal sealed class AskedThings(RunHistory history)
{
    public LoggedMessage Message(string asked)
    {
        if (history.Messages.Find(asked) is { } named) return named;
        var all = history.Messages.All;
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new UsageException(
                $"--message: no message \"{asked}\" in this run"
                + $"{Suggestion.DidYouMean(asked, all.Select(message => message.Id))}; allowed is an id or "
                + Numbers(all.Count));
        if (number >= 1 && number <= all.Count) return all[number - 1];
        throw new UsageException($"--message: found {asked}, allowed is an id or {Numbers(all.Count)}");
    }

    public NodeAddress Peer(string asked) => Node("--peer", asked);

    public (NodeAddress Address, int? Epoch) Removal(string asked)
    {
        var at = asked.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return (Node("--removal", asked), null);
        var text = asked[(at + 1)..];
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) || epoch < 1)
            throw new UsageException($"--removal: found epoch \"{text}\", allowed is a whole number from 1 on");
        return (Node("--removal", asked[..at]), epoch);
    }

    private NodeAddress Node(string option, string asked) =>
        new NodeName("this run", history.Nodes.All.Select(node => node.Address)).Find(asked, $"{option}: ");

    private static string Numbers(int count) => count == 0
        ? "a number, but this run has no message"
        : string.Create(CultureInfo.InvariantCulture, $"a number from 1 to {count}");
}
