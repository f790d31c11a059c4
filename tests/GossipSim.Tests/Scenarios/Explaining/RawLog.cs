using System.Text.Json.Nodes;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>
/// An event log taken literally: questions about single lines, answered without anything of the explainer's.
/// </summary>
internal sealed class RawLog
{
    private readonly List<Line> lines;
    private readonly HashSet<string> seedNodes;

    public RawLog(List<JsonObject> log)
    {
        seedNodes = [.. log[0]["seedNodes"]!.AsArray().Select(seed => (string)seed!)];
        lines = [.. log.Skip(1).Select(line => new Line(line))];
        End = lines[^1].Time;
        Quorum = (int)log[0]["quorum"]!;
    }

    public int Quorum { get; }

    public IReadOnlyCollection<string> SeedNodes => seedNodes;

    public double End { get; }

    public IReadOnlyList<Line> Lines => lines;

    public IEnumerable<string> Peers => Of("processStarted").Select(line => line.Node)
        .Where(node => !seedNodes.Contains(node)).Distinct().Order(StringComparer.Ordinal);

    public IEnumerable<string> Messages => Of("gossipPublished").Select(line => line.Id);

    /// <summary>One line; a word that is missing is empty.</summary>
    public sealed class Line(JsonObject json)
    {
        public JsonObject Json => json;

        public long Seq { get; } = (long)json["seq"]!;

        public double Time { get; } = (double)json["time"]!;

        public string Kind { get; } = (string)json["kind"]!;

        public string Node { get; } = (string?)json["node"] ?? "";

        public string About { get; } = (string?)json["about"] ?? "";

        public long Number { get; } = (long?)json["number"] ?? 0;

        public string Id { get; } = (string?)json["detail"]?["id"] ?? "";

        public bool Is(string word, string value) => (string?)json["detail"]?[word] == value;

        public bool Says(string word) => (bool?)json["detail"]?[word] ?? false;
    }

    public IEnumerable<Line> Of(params string[] kinds) => lines.Where(line => kinds.Contains(line.Kind));

    public IEnumerable<Line> At(string node, params string[] kinds) => Of(kinds).Where(line => line.Node == node);

    public bool IsSeedNode(string node) => seedNodes.Contains(node);

    public Line Publication(string id) => Of("gossipPublished").Single(line => line.Id == id);

    public List<Line> Deliveries(string id) => [.. Of("gossipDelivered").Where(line => line.Id == id)];

    public Line? LastTurn(string node) => At(node, "processStarted", "processCrashed").LastOrDefault();

    public bool IsUp(string node) => LastTurn(node)?.Kind == "processStarted";

    public Line? LastLeave(string node) =>
        At(node, "left").LastOrDefault(line => line.Seq > (LastTurn(node)?.Seq ?? 0));

    public bool IsPaused(string node) => IsUp(node)
        && At(node, "processStarted", "processPaused", "processResumed").Last().Kind == "processPaused";

    /// <summary>Runs, and has not left.</summary>
    public bool IsLive(string node) => IsUp(node) && LastLeave(node) is null;

    public HashSet<string> LiveHolders(string id) =>
    [
        .. Deliveries(id).Append(Publication(id))
            .Where(line => IsLive(line.Node) && LastTurn(line.Node)!.Seq < line.Seq).Select(line => line.Node),
    ];

    public bool Lists(string node, string neighbor)
    {
        if (!IsUp(node)) return false;
        var last = At(node, "neighborAdded", "neighborRemoved").LastOrDefault(line => line.About == neighbor);
        return last is { Kind: "neighborAdded" } && last.Seq > LastTurn(node)!.Seq;
    }

    public List<Line> OpenFaults(params string[] words) =>
    [
        .. Of("faultStruck").Where(struck => words.Any(word => struck.Is("type", word)) && !Of("faultEnded").Any(
            ended => ended.Seq > struck.Seq && ended.Is("fault", (string)struck.Json["detail"]!["fault"]!))),
    ];

    /// <summary>Whether a partition or cut at the end keeps away all that goes from one to the other.</summary>
    public bool IsCut(string from, string to) =>
        OpenFaults("partition").Any(fault => GroupOf(fault, from) != GroupOf(fault, to))
        || OpenFaults("cut").Any(fault => (GroupOf(fault, from), GroupOf(fault, to)) is (0, 1)
            || (!fault.Says("oneWay") && (GroupOf(fault, from), GroupOf(fault, to)) is (1, 0)));

    /// <summary>Whether a fault is aimed at the node, or at all links.</summary>
    public static bool Strikes(Line fault, string node) =>
        fault.Json["detail"]!["groups"]!.AsArray().Count == 0 || GroupOf(fault, node) >= 0;

    /// <summary>
    /// Whether the process that runs at the end was told to keep gossip for itself; a sybil is told before it starts.
    /// </summary>
    public bool IsMute(string node) => OpenFaults("byzantine", "sybil").Any(fault => GroupOf(fault, node) >= 0
        && (fault.Is("type", "sybil")
            ? At(node, "processStarted").Count(start => start.Seq > fault.Seq) == 1
            : fault.Is("behavior", "dropGossip") && LastTurn(node)!.Seq < fault.Seq));

    /// <summary>From when to when a node listed another; to the end of time where nothing ended it.</summary>
    public IEnumerable<(double Began, double Ended)> Listings(string node, string neighbor)
    {
        double? began = null;
        foreach (var line in At(node, "neighborAdded", "neighborRemoved", "processCrashed"))
        {
            if (line.About.Length > 0 && line.About != neighbor) continue;
            if (line.Kind == "neighborAdded")
            {
                began ??= line.Time;
            }
            else if (began is { } since)
            {
                yield return (since, line.Time);
                began = null;
            }
        }

        if (began is { } last) yield return (last, double.PositiveInfinity);
    }

    /// <summary>When the process that was at a node then was gone, or had left.</summary>
    public double GoneAfter(string node, double time) => At(node, "processCrashed", "left")
        .Where(line => line.Time > time).Select(line => line.Time).DefaultIfEmpty(double.PositiveInfinity).First();

    private static int GroupOf(Line fault, string node)
    {
        var groups = fault.Json["detail"]!["groups"]!.AsArray();
        for (var group = 0; group < groups.Count; group++)
            if (groups[group]!.AsArray().Any(member => (string)member! == node)) return group;
        return -1;
    }

    /// <summary>All whom a node reaches over links that both ends list.</summary>
    public HashSet<string> Component(string start, Func<string, string, bool> mayPass)
    {
        var reached = new HashSet<string> { start };
        var waiting = new Queue<string>([start]);
        var live = Peers.Where(IsLive).ToList();
        while (waiting.TryDequeue(out var node))
        {
            foreach (var other in live)
            {
                if (reached.Contains(other) || !Lists(node, other) || !Lists(other, node)) continue;
                if (mayPass(node, other) && reached.Add(other)) waiting.Enqueue(other);
            }
        }

        return reached;
    }
}
