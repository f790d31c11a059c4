using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>Command lines that <c>up</c> and <c>manage</c> advise; each runs as it stands in their folder.</summary>
internal sealed class CommandAdvice(LocalNetworkRequest request)
{
    private const int FirstFreePort = 1024;

    /// <summary>With which a peer that is started by itself joins; none where it could not.</summary>
    public IReadOnlyList<string> Joining()
    {
        if (request.SeedList is not { } list || FreePort(request.LastPeerPort + 1) is not { } port) return [];
        var peer = new NodeAddress(request.PeerHost, port);
        string[] host = request.PeerHost == HostNames.Loopback ? [] : ["--host", peer.HostText];
        string join = ShellWords.OfProgram(["peer", "--config", list, "--port", Text(port), .. host,
            .. request.NodeOptions]);
        var security = request.Scenario.Security;
        if (security.Mode == SecurityMode.None) return [join];
        // Keys that were made for this network end with it.
        if (security.Keys is not { } directory) return [];
        var folder = new KeyFolder(directory);
        if (File.Exists(folder.KeyOf(peer))) return [join];
        return File.Exists(folder.AuthorityKey)
            ? [ShellWords.OfProgram("keys", "add", directory, "--nodes", peer.ToString()), join]
            : [];
    }

    /// <summary>Instead of this network, when its list of seed nodes would replace somebody's file.</summary>
    public string InsteadOfReplacing(string file)
    {
        if (request.IsManaged)
        {
            return $"move it away, or use its seed nodes with"
                + $" {ShellWords.OfProgram([ManageCommand.Name, file, .. request.OwnOptions])}";
        }

        string[] seedNodes = [Text(request.OwnSeedNodes.Length), Text(request.Peers)];
        string other = Enumerable.Range(2, int.MaxValue - 2)
            .Select(number => $"{Path.GetFileNameWithoutExtension(file)}-{Text(number)}{Path.GetExtension(file)}")
            .First(name => !File.Exists(Path.Combine(request.Directory, name)));
        return "write another with"
            + $" {ShellWords.OfProgram([UpCommand.Name, .. seedNodes, "--config", other, .. request.OwnOptions])}";
    }

    /// <summary>What helps when a port of the network is taken, beside ending the program that has it.</summary>
    public string OtherPorts(NodeAddress taken)
    {
        bool isSeedNode = request.SeedNodes.Contains(taken);
        if (isSeedNode && request.ConfigToWrite is null) return $"choose another for it in {request.SeedList}";
        int count = isSeedNode ? request.OwnSeedNodes.Length : Math.Max(1, request.Peers);
        string option = isSeedNode ? "--seed-port" : "--peer-port";
        return FreePort(request.LastPeerPort + 1, count) is { } port
            ? $"choose others, as in {option} {Text(port)}"
            : $"choose others with {option}";
    }

    /// <summary>The first of so many free ports in a row that the network does not use.</summary>
    private ushort? FreePort(int from, int count = 1)
    {
        var above = Enumerable.Range(from, Math.Max(0, NodePlaces.LargestPort - count + 2 - from));
        var below = Enumerable.Range(FirstFreePort, Math.Max(0, request.FirstPeerPort - count - FirstFreePort));
        foreach (int start in above.Concat(below.Reverse()))
            if (Enumerable.Range(start, count).All(IsFree)) return (ushort)start;
        return null;
    }

    private bool IsFree(int port)
    {
        var address = new NodeAddress(request.PeerHost, (ushort)port);
        if (request.SeedNodes.Any(seed => seed.Port == port)) return false;
        try
        {
            RealNetwork.RequireFree(address);
            return true;
        }
        catch (PortInUseException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
