using System.Globalization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// What only document 004 logs: its seed nodes the connection requests, its peers the Message List after each change
/// and the texts of its liveness messages (SOURCES S26, S30, S61). Only its own files have these lines.
/// </summary>
internal sealed class Document004(DateTimeOffset wallBase)
{
    /// <summary>Our choice, as for a <c>Current Peer List</c>: a list that grows must not fill the disk.</summary>
    private const int ListedMessages = LogWording.ListedPeers;

    private readonly Dictionary<NodeAddress, HeardMessages> messages = [];

    /// <summary>When a peer last asked a neighbor for a sign of life: the answer echoes that time.</summary>
    private readonly Dictionary<(NodeAddress Asker, NodeAddress Asked), Instant> requests = [];

    private sealed class HeardMessages
    {
        public long Count;
        public readonly Queue<string> Latest = new();
    }

    /// <summary>Adds the event's lines, often none.</summary>
    public void Write(NodeAddress node, Instant now, in ProtocolEvent e, List<LogLine> lines)
    {
        var text = e.Kind switch
        {
            EventKind.ProposalOpened when ((Ballot)e.Detail!).Entry.IsAlive => $"Connection request from {e.About}",
            EventKind.GossipPublished or EventKind.GossipDelivered => Listed(node, (Gossip)e.Detail!),
            EventKind.SignOfLifeAsked => Request(node, e.About, now),
            EventKind.SignOfLifeHeard => Reply(node, e.About),
            _ => null,
        };
        if (e.Kind == EventKind.ProcessStarted) messages.Remove(node);
        if (text is not null) lines.Add(new LogLine(LogLevel.Info, text));
    }

    private string Listed(NodeAddress node, Gossip gossip)
    {
        if (!messages.TryGetValue(node, out var heard)) messages.Add(node, heard = new HeardMessages());
        heard.Count++;
        // The beginning of the SHA-256, as a name that readers can compare.
        heard.Latest.Enqueue(gossip.Hash.A.ToString("x16", CultureInfo.InvariantCulture));
        if (heard.Latest.Count > ListedMessages) heard.Latest.Dequeue();
        var earlier = heard.Count - heard.Latest.Count;
        var before = earlier > 0 ? string.Create(CultureInfo.InvariantCulture, $"{earlier} earlier, ") : "";
        return $"MessagesLst: [{before}{string.Join(", ", heard.Latest)}]";
    }

    private string Request(NodeAddress asker, NodeAddress asked, Instant now)
    {
        requests[(asker, asked)] = now;
        return $"Liveness Request:{Seconds(now)}:{asker.HostText}";
    }

    /// <summary>An answer to a question that this log has not heard of is no line.</summary>
    private string? Reply(NodeAddress asker, NodeAddress asked) => requests.TryGetValue((asker, asked), out var at)
        ? $"Liveness Reply:{Seconds(at)}:{asker.HostText}:{asked.HostText}"
        : null;

    private string Seconds(Instant now) => Math.Floor((wallBase.ToUnixTimeMilliseconds() / 1e3) + now.TotalSeconds)
        .ToString("F0", CultureInfo.InvariantCulture);
}
