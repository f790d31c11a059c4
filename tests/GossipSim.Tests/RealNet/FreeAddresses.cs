using GossipSim.Engine.Protocol;
using GossipSim.Tests.Scenarios.Running;

namespace GossipSim.Tests.RealNet;

/// <summary>Loopback addresses that nobody listens at.</summary>
internal static class FreeAddresses
{
    // Far apart for test runs that start together.
    private static int next = (int)(Environment.ProcessId * 977L % 20_000);

    public static NodeAddress[] Take(int count)
    {
        var addresses = new List<NodeAddress>();
        while (addresses.Count < count)
        {
            // Below the ports that outgoing connections get, so that no test's dial takes another test's port.
            var port = 12_000 + (Interlocked.Increment(ref next) % 20_000);
            if (FreePorts.IsFree(port)) addresses.Add(new NodeAddress(0x7F000001, (ushort)port));
        }

        return [.. addresses];
    }
}
