using System.Net;
using System.Net.Sockets;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Wire;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>
/// Somebody with a shared key and bare hands, at an address of his own where he vouches for all that he dials. What he
/// writes may be sealed as it should be, or not.
/// </summary>
internal sealed class KeyedStranger : IDisposable
{
    private readonly TcpListener listener;
    private readonly KeyRing ring;
    private readonly string cluster;
    private readonly RawClient client;
    private readonly FrameGuard guard;

    public KeyedStranger(NodeAddress self, NodeAddress node, KeyRing ring, string cluster = TestKeys.Cluster)
    {
        (Self, this.ring, this.cluster) = (self, ring, cluster);
        listener = new TcpListener(IPAddress.Loopback, self.Port);
        listener.Start();
        _ = VouchAsync();
        client = new RawClient(node);
        guard = new FrameGuard(ring, cluster, isDialer: true);
    }

    public NodeAddress Self { get; }

    public Socket Socket => client.Socket;

    public static string Hello(NodeAddress self, NodeKeys? certificate) =>
        certificate is null ? RawClient.Hello(self) : RawClient.Hello(self).Replace(
            "}\n", $",\"certificate\":\"{Base64(certificate)}\"}}\n", StringComparison.Ordinal);

    public byte[] Seal(string line)
    {
        byte[]? buffer = null;
        return guard.Seal(Encoding.UTF8.GetBytes(line), 1, ref buffer).ToArray();
    }

    public void Write(params IEnumerable<byte[]> lines) => client.Write([.. lines.SelectMany(line => line)]);

    public void Write(string text) => client.Write(text);

    /// <summary>Says HELLO, and hears the answer, after which lines can be sealed.</summary>
    public string Greet(NodeKeys certificate)
    {
        Write(Seal(Hello(Self, certificate)));
        return ReadLine() ?? "the end";
    }

    /// <summary>The next line, whose code must be right; null at the end.</summary>
    public string? ReadLine()
    {
        if (client.ReadLine() is not { } line) return null;
        var wrong = guard.Check(Encoding.UTF8.GetBytes(line));
        return wrong == Refusal.None ? line : throw new InvalidDataException($"{wrong}: {line}");
    }

    /// <summary>The next line, whoever made its code.</summary>
    public string? ReadAnyLine() => client.ReadLine();

    public void Dispose()
    {
        listener.Dispose();
        client.Dispose();
        guard.Dispose();
    }

    private static string Base64(NodeKeys keys) =>
        System.Buffers.Text.Base64Url.EncodeToString(keys.Certificate.RawData);

    private async Task VouchAsync()
    {
        try
        {
            while (true)
            {
                using var asker = await listener.AcceptTcpClientAsync();
                using var answering = new FrameGuard(ring, cluster, isDialer: false);
                var question = await new StreamReader(asker.GetStream(), Encoding.UTF8).ReadLineAsync();
                if (question is null || answering.Check(Encoding.UTF8.GetBytes(question)) != Refusal.None) continue;
                byte[]? buffer = null;
                var answer = """{"type":"CONFIRMATION","dialed":true}"""u8.ToArray();
                await asker.GetStream().WriteAsync(answering.Seal([.. answer, (byte)'\n'], 1, ref buffer));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
