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

    /// <summary>
    /// Of the files that every node has, up to thousands of them. On TCP people follow them during the run; in the
    /// simulator each write costs more than the text.
    /// </summary>
    private readonly int bufferBytesOfNode;

    private readonly string folder;
    private readonly RunFacts facts;
    private readonly bool perNode;
    private readonly bool perStart;
    private readonly bool perPeer;
    private readonly LogFile? seedLog;
    private readonly LogFile? peerLog;
    private readonly LogFile? seedLogOf004;
    private readonly Dictionary<NodeAddress, NodeFiles> filesOf = [];
    private readonly List<LogFile> all = [];

    private sealed class NodeFiles
    {
        public LogFile? Of000;
        public LogFile? Of003;
        public LogFile? Of004;
    }

    public CompatLogFiles(string folder, RunFacts facts, IReadOnlyList<CompatLog> documents)
    {
        this.folder = folder;
        this.facts = facts;
        bufferBytesOfNode = facts.Runtime == RuntimeKind.Tcp ? 512 : 16 * 1024;
        perNode = documents.Contains(CompatLog.Doc000);
        perStart = documents.Contains(CompatLog.Doc003);
        perPeer = documents.Contains(CompatLog.Doc004);
        if (perPeer) seedLogOf004 = Open("SeedLog.txt");
        if (!documents.Contains(CompatLog.Doc002)) return;
        seedLog = Open("seed.log");
        peerLog = Open("peer.log");
    }

    public void Append(NodeAddress node, ReadOnlySpan<byte> line)
    {
        (facts.SeedNodes.Contains(node) ? seedLog : peerLog)?.Append(line);
        AppendOf004(node, line);
        if (!filesOf.TryGetValue(node, out var files)) return;
        files.Of000?.Append(line);
        files.Of003?.Append(line);
    }

    /// <summary>A line that only the files of document 004 have.</summary>
    public void AppendOf004(NodeAddress node, ReadOnlySpan<byte> line)
    {
        if (facts.SeedNodes.Contains(node)) seedLogOf004?.Append(line);
        else if (filesOf.TryGetValue(node, out var files)) files.Of004?.Append(line);
    }

    /// <summary>A process started: document 003 opens a file for each start, and overwrites none.</summary>
    public void Start(NodeAddress node, DateTimeOffset at)
    {
        if (!filesOf.TryGetValue(node, out var files))
        {
            if (filesOf.Count >= LargestNumberOfNodes || !(perNode || perStart || perPeer)) return;
            filesOf.Add(node, files = OpenOnce(node));
        }

        if (!perStart) return;
        files.Of003?.Flush();
        var time = at.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        var kind = facts.SeedNodes.Contains(node) ? "SEED" : "PEER";
        files.Of003 = Open($"output_{time}_{kind}-{NameOf(node)}.log", bufferBytesOfNode);
    }

    private NodeFiles OpenOnce(NodeAddress node)
    {
        var isSeedNode = facts.SeedNodes.Contains(node);
        return new NodeFiles
        {
            Of000 = perNode
                ? Open($"outputfile_{(isSeedNode ? "seed" : "peer")}_{NameOf(node)}.txt", bufferBytesOfNode)
                : null,
            Of004 = perPeer && !isSeedNode ? Open($"PeerLog_{NameOf(node)}.txt", bufferBytesOfNode) : null,
        };
    }

    public void Flush()
    {
        foreach (var file in all) file.Flush();
    }

    // The port alone names a node as long as all run on the host of the first seed node.
    private string NameOf(NodeAddress node) => facts.SeedNodes is [var first, ..] && node.Host == first.Host
        ? node.Port.ToString(CultureInfo.InvariantCulture)
        : $"{node.HostText}-{node.Port}";

    private LogFile Open(string name, int bufferBytes = BufferBytes)
    {
        var file = new LogFile(Path.Combine(folder, name), bufferBytes);
        all.Add(file);
        return file;
    }
}
