using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>The log files of each process, named as the source documents name them (SOURCES S56, D14).</summary>
internal sealed class CompatLogFiles
{
    /// <summary>Nodes that get files of their own; our choice. Everybody is in <c>outputfile.txt</c>.</summary>
    public const int LargestNumberOfNodes = 2000;

    private const int BufferBytes = 8 * 1024;

    private readonly string folder;
    private readonly RunFacts facts;
    private readonly bool perNode;
    private readonly bool perStart;
    private readonly LogFile? seedLog;
    private readonly LogFile? peerLog;
    private readonly Dictionary<NodeAddress, LogFile?[]> filesOf = [];
    private readonly List<LogFile> all = [];

    public CompatLogFiles(string folder, RunFacts facts, IReadOnlyList<CompatLog> documents)
    {
        this.folder = folder;
        this.facts = facts;
        perNode = documents.Contains(CompatLog.Doc000);
        perStart = documents.Contains(CompatLog.Doc003);
        if (!documents.Contains(CompatLog.Doc002)) return;
        seedLog = Open("seed.log");
        peerLog = Open("peer.log");
    }

    public void Append(NodeAddress node, ReadOnlySpan<byte> line)
    {
        (facts.SeedNodes.Contains(node) ? seedLog : peerLog)?.Append(line);
        if (!filesOf.TryGetValue(node, out var files)) return;
        foreach (var file in files) file?.Append(line);
    }

    /// <summary>A process started: document 003 opens a file for each start, and overwrites none.</summary>
    public void Start(NodeAddress node, DateTimeOffset at)
    {
        if (!filesOf.TryGetValue(node, out var files))
        {
            if (filesOf.Count >= LargestNumberOfNodes || !(perNode || perStart)) return;
            var role = facts.SeedNodes.Contains(node) ? "seed" : "peer";
            files = [perNode ? Open($"outputfile_{role}_{NameOf(node)}.txt") : null, null];
            filesOf.Add(node, files);
        }

        if (!perStart) return;
        files[1]?.Flush();
        var time = at.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        var kind = facts.SeedNodes.Contains(node) ? "SEED" : "PEER";
        files[1] = Open($"output_{time}_{kind}-{NameOf(node)}.log");
    }

    public void Flush()
    {
        foreach (var file in all) file.Flush();
    }

    // The port alone names a node as long as all run on the host of the first seed node.
    private string NameOf(NodeAddress node) => facts.SeedNodes is [var first, ..] && node.Host == first.Host
        ? node.Port.ToString(CultureInfo.InvariantCulture)
        : $"{node.HostText}-{node.Port}";

    private LogFile Open(string name)
    {
        var file = new LogFile(Path.Combine(folder, name), BufferBytes);
        all.Add(file);
        return file;
    }
}
