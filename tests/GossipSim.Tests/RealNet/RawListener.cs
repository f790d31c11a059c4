using System.Net;
using System.Net.Sockets;
using System.Text;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet;

/// <summary>What somebody who listens says when he is asked whether he dialed.</summary>
internal enum Vouching
{
    Yes,
    No,

    /// <summary>Accepts, and says nothing for ever.</summary>
    Silent,
}

/// <summary>The listening side of who speaks with bare hands. Lives as long as the tests.</summary>
internal sealed class RawListener
{
    private int questions;

    public RawListener(Vouching vouching = Vouching.Yes)
    {
        Address = FreeAddresses.Take(1)[0];
        var listener = new TcpListener(IPAddress.Loopback, Address.Port);
        listener.Start();
        _ = AnswerAsync(listener, vouching);
    }

    public NodeAddress Address { get; }

    public int Questions => Volatile.Read(ref questions);

    private async Task AnswerAsync(TcpListener listener, Vouching vouching)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            Interlocked.Increment(ref questions);
            if (vouching == Vouching.Silent) _ = HearOutAsync(client);
            else _ = AnswerAsync(client, vouching == Vouching.Yes);
        }
    }

    /// <summary>Says nothing for as long as the other end waits.</summary>
    private static async Task HearOutAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await client.GetStream().CopyToAsync(Stream.Null);
            }
            catch (IOException)
            {
                // Cut off: who waits no longer may say so in any way.
            }
        }
    }

    private static async Task AnswerAsync(TcpClient client, bool isDialed)
    {
        using (client)
        {
            var line = await new StreamReader(client.GetStream(), Encoding.UTF8).ReadLineAsync();
            if (line?.Contains("CHALLENGE", StringComparison.Ordinal) != true) return;
            var answer = $$"""{"type":"CONFIRMATION","dialed":{{(isDialed ? "true" : "false")}}}""" + "\n";
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer));
        }
    }
}
