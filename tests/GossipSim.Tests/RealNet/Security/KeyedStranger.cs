using System.Buffers;
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
    private readonly Queue<string> heard = new();

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

    /// <summary>The frame that came last, as it came.</summary>
    public byte[] LastFrame { get; private set; } = [];

    /// <summary>One frame of these lines.</summary>
    public byte[] Seal(params IEnumerable<string> lines)
    {
        byte[]? buffer = null;
        return guard.Seal(Encoding.UTF8.GetBytes(string.Concat(lines)), ref buffer).ToArray();
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
        if (heard.TryDequeue(out var waiting)) return waiting;
        if (client.ReadLine() is not { } header) return null;
        var frame = $"{header}\n";
        for (var left = BytesAfter(header); left > 0;)
        {
            var line = $"{client.ReadLine()}\n";
            left -= line.Length;
            frame += line;
        }

        LastFrame = Encoding.UTF8.GetBytes(frame);
        var rest = new ReadOnlySequence<byte>(LastFrame);
        Refusal wrong;
        while (guard.TryCutLine(ref rest, out var line, out wrong)) heard.Enqueue(Encoding.UTF8.GetString(line));
        return wrong == Refusal.None ? heard.Dequeue() : throw new InvalidDataException($"{wrong}: {frame}");
    }

    /// <summary>The next line that says something, whoever made its code.</summary>
    public string? ReadAnyLine()
    {
        var line = client.ReadLine();
        return line is not null && BytesAfter(line) > 0 ? client.ReadLine() : line;
    }

    public void Dispose()
    {
        listener.Dispose();
        client.Dispose();
        guard.Dispose();
    }

    private static string Base64(NodeKeys keys) =>
        System.Buffers.Text.Base64Url.EncodeToString(keys.Certificate.RawData);

    private static int BytesAfter(string line) =>
        FrameHeader.TryRead(Encoding.UTF8.GetBytes(line), out var header) ? header.Bytes : 0;

    private async Task VouchAsync()
    {
        try
        {
            while (true)
            {
                using var asker = await listener.AcceptTcpClientAsync();
                using var answering = new FrameGuard(ring, cluster, isDialer: false);
                var reader = new StreamReader(asker.GetStream(), Encoding.UTF8);
                var question = $"{await reader.ReadLineAsync()}\n{await reader.ReadLineAsync()}\n";
                var frame = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(question));
                if (!answering.TryCutLine(ref frame, out _, out _)) continue;
                byte[]? buffer = null;
                var answer = """{"type":"CONFIRMATION","dialed":true}"""u8.ToArray();
                await asker.GetStream().WriteAsync(answering.Seal([.. answer, (byte)'\n'], ref buffer));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
