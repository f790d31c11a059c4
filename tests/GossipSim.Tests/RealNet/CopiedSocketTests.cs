using System.Globalization;
using System.Runtime.InteropServices;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// Between fork and exec a process that is being started has copies of all sockets of the one that starts it. On a
/// machine with other work that is long enough to matter.
/// </summary>
[TestFixture]
[Platform("Linux")]
internal sealed class CopiedSocketTests
{
    private const string Listening = "0A";   // TCP_LISTEN, as /proc/net/tcp writes it

    [Test]
    public async Task A_node_can_be_restarted_at_once_although_a_copy_of_its_listening_socket_is_left()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (node, other) = (network.Addresses[0], network.Addresses[1]);
        var copy = dup(DescriptorOf(InodeAt(node)));
        Assert.That(copy, Is.Positive);
        try
        {
            await network.CrashAsync(node);
            await network.RestartAsync(node);

            network.Do(other, (in context) => context.Send(node, new Leave(1)));
            await network.UntilHeardAsync(node, other, 1);
        }
        finally
        {
            _ = close(copy);
        }
    }

    /// <summary>proc(5): local address, remote address, state, ..., and in the tenth column the inode.</summary>
    private static string InodeAt(NodeAddress node)
    {
        var port = ":" + node.Port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/self/net/tcp")
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Single(fields => fields[1].EndsWith(port, StringComparison.Ordinal) && fields[3] == Listening)[9];
    }

    private static int DescriptorOf(string inode) => int.Parse(
        Path.GetFileName(Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .First(path => new FileInfo(path).LinkTarget == $"socket:[{inode}]")),
        CultureInfo.InvariantCulture);

    [DllImport("libc")]
    private static extern int dup(int descriptor);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
