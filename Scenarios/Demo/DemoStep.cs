using System.Text.Json.Serialization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// One thing that happened in the simulated network, with what a page shows of it. Nodes are numbered as in the
/// address plan: seed nodes first.
/// </summary>
internal sealed record DemoStep
{
    /// <summary>Of the virtual clock.</summary>
    public double Seconds { get; init; }

    public required string Title { get; init; }

    /// <summary>Paragraphs for somebody who has read nothing.</summary>
    public required IReadOnlyList<string> Text { get; init; }

    /// <summary>The sentence of a source document that this step carries out; null where none says anything.</summary>
    public string? Source { get; init; }

    /// <summary>The nodes that the step is about.</summary>
    public IReadOnlyList<int> Nodes { get; init; } = [];

    public IReadOnlyList<DemoMessage> Messages { get; init; } = [];

    public IReadOnlyList<DemoState> States { get; init; } = [];

    public IReadOnlyList<DemoLink> Links { get; init; } = [];

    public IReadOnlyList<DemoTable> Tables { get; init; } = [];
}

/// <summary>A message that moves along a line.</summary>
/// <param name="Wave">Those of a higher number move when those of the lower ones have arrived.</param>
/// <param name="IsLost">Nobody takes it at the other end.</param>
internal readonly record struct DemoMessage(int From, int To, DemoWord Word, int Wave = 0, bool IsLost = false);

[JsonConverter(typeof(JsonStringEnumConverter<DemoWord>))]
internal enum DemoWord
{
    Register,
    Propose,
    Ping,
    Pong,
    VoteYes,
    VoteNo,
    Ack,
    PeerList,
    Connect,
    Gossip,
    Duplicate,
    Suspect,
    Witness,
    Report,
    Removed,
}

/// <summary>How a node looks from this step on.</summary>
internal readonly record struct DemoState(int Node, DemoLook Look);

[JsonConverter(typeof(JsonStringEnumConverter<DemoLook>))]
internal enum DemoLook
{
    Starting,
    Ready,
    Asking,
    Member,
    HasMessage,
    Stopped,
    Suspected,
    Dead,
    Removed,
}

internal readonly record struct DemoLink(int One, int Other, bool Stands);

/// <summary>A small table beside the picture.</summary>
/// <param name="Marked">Numbers of the rows to look at.</param>
internal sealed record DemoTable(
    string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<int> Marked)
{
    /// <summary>One row a node, its port first.</summary>
    /// <param name="rest">The other cells of a row.</param>
    public static DemoTable OfNodes(
        string title, IReadOnlyList<string> columns, IReadOnlyList<NodeAddress> nodes,
        Func<NodeAddress, string[]> rest, params IEnumerable<NodeAddress> marked)
    {
        var order = nodes.ToList();
        return new DemoTable(
            title, columns,
            [.. nodes.Select(IReadOnlyList<string> (node) => [NumberWords.Digits(node.Port), .. rest(node)])],
            [.. marked.Select(node => order.IndexOf(node)).Where(row => row >= 0)]);
    }
}
