using System.Net;
using System.Net.Sockets;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Ranges of loopback ports in a row that nobody listens at, as scenarios want them.</summary>
internal static class FreePorts
{
    /// <summary>Apart from where single addresses of other tests and outgoing connections are taken.</summary>
    private const int First = 3_000;

    private const int Last = 11_900;

    private static readonly Lock Gate = new();
    private static int next = First + (Environment.ProcessId * 131 % (Last - First));

    /// <summary>The first of so many free ports in a row; no other test of this process is given one of them.</summary>
    public static int Take(int count)
    {
        lock (Gate)
        {
            for (var run = 0; run < count;)
            {
                if (next >= Last) (next, run) = (First, 0);
                run = IsFree(next++) ? run + 1 : 0;
            }

            return next - count;
        }
    }

    /// <summary>
    /// For what has just ended: a process that is being started beside it holds copies of all sockets of this one
    /// until its own program runs, and the last thread of a killed one may live a little longer than the others.
    /// </summary>
    public static Task UntilFreeAsync(int first, int count) => Patience.UntilAsync(
        () => Taken(first, count).Length == 0, $"the ports {first} to {first + count - 1} are free",
        () => $"taken: {string.Join(", ", Taken(first, count))}");

    private static int[] Taken(int first, int count) =>
        [.. Enumerable.Range(first, count).Where(port => !IsFree(port))];

    public static bool IsFree(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Enough to be refused where somebody listens. A copy of a socket that listens, in a process that is being
            // started meanwhile, would make the port look taken a moment later.
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
