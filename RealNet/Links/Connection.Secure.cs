using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What secures the connection: nothing, codes on all lines, or TLS; set before the first line and not changed again.
/// </summary>
internal sealed partial class Connection
{
    /// <summary>The first byte of a TLS handshake (RFC 8446, 5.1); a line of JSON never begins with it.</summary>
    private const byte TlsHandshake = 0x16;

    private FrameGuard? guard;
    private SslStream? tls;

    /// <summary>Whose certificate the other end of a TLS connection has.</summary>
    private NodeAddress proven;

    /// <summary>Until a TLS handshake is over its deadline is that of HELLO.</summary>
    private volatile bool isSecuring;

    private byte[] Introduced(byte[] hello) =>
        guard is null ? hello : wire.Security!.Introduce(hello);

    private void SecureDial()
    {
        if (wire.Security is not { } security) return;
        isSecuring = security.UsesTls(Target);
        if (!isSecuring) guard = security.Guard(isDialer: true);
    }

    private void SecureAccepted()
    {
        isSecuring = wire.Security?.HasTls == true;
        isConnected = !isSecuring;
        if (wire.Security is not null && !isSecuring) guard = wire.Security.Guard(isDialer: false);
    }

    /// <returns>Whether lines may be read: also when the certificate was refused, until the other end knows.</returns>
    private async Task<bool> HandshakeAsync()
    {
        if (!isSecuring) return true;
        var security = wire.Security!;
        if (!IsDialed)
        {
            var begin = new byte[1];
            if (await socket.ReceiveAsync(begin, SocketFlags.Peek) == 0) return false;
            if (begin[0] != TlsHandshake) return AcceptPlain(security);
        }

        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            if (IsDialed) await stream.AuthenticateAsClientAsync(security.ClientOptions!);
            else await stream.AuthenticateAsServerAsync(security.ServerOptions!);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or ObjectDisposedException)
        {
            await stream.DisposeAsync();
            if (error is AuthenticationException) Break(Refusal.HandshakeFailed);
            return false;
        }

        tls = stream;
        var wrong = security.Judge(stream.RemoteCertificate, out proven);
        if (wrong == Refusal.None && IsDialed && proven != Target) wrong = Refusal.CertificateOfAnother;
        if (wrong != Refusal.None) prelude = null;   // nothing is said to whom nothing is believed
        isConnected = true;
        isSecuring = false;
        if (wrong != Refusal.None) Refuse(wrong);
        return true;
    }

    private bool AcceptPlain(NodeSecurity security)
    {
        if (security.AcceptsCodes) guard = security.Guard(isDialer: false);
        isConnected = true;
        isSecuring = false;
        if (guard is null) Refuse(Refusal.TlsExpected);
        return true;
    }

    /// <summary>Whether the other end may say that HELLO on this connection.</summary>
    private Refusal Judge(Hello hello, in ReadOnlySequence<byte> line)
    {
        if (tls is not null) return hello.Address == proven ? Refusal.None : Refusal.CertificateOfAnother;
        if (guard is null) return Refusal.None;
        return !IsDialed && wire.Security!.UsesTls(wire.Self)
            ? Refusal.TlsExpected
            : wire.Security!.Judge(hello.Address, line);
    }

    private bool IsOutOfPlace(in ReadOnlySequence<byte> rest) =>
        Hello is null && tls is null && guard is not null && rest.Length > 0 && rest.FirstSpan[0] == TlsHandshake;

    /// <summary>What sending and receiving throw when the connection ends meanwhile, here or there.</summary>
    private static bool IsEndOfConnection(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException;

    /// <summary>What TLS could not decipher; a connection that ends or is reset has another cause, or none.</summary>
    private bool IsBadRecord(Exception error) => tls is not null
        && error is IOException { InnerException: not (null or SocketException or ObjectDisposedException) };

    /// <summary>What the stream says cannot be understood, so nothing can be said either.</summary>
    private void Break(Refusal reason)
    {
        lock (gate)
        {
            if (isDeaf) return;
            isDeaf = true;
        }

        wire.Mailbox.Post(new Work(WorkKind.Refused, this, Reason: WireName.Of(reason.ToString())));
        Abort();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, int count)
    {
        if (tls is not null)
        {
            await tls.WriteAsync(bytes);
            wire.Traffic.Sent(count, bytes.Length);
            Volatile.Write(ref lastActivity, wire.Now);
            return;
        }

        while (bytes.Length > 0)
        {
            var sent = socket.SendAtOnce(bytes.Span) ?? await socket.SendAsync(bytes, SocketFlags.None);
            wire.Traffic.Sent(count, sent);
            count = 0;
            bytes = bytes[sent..];
            Volatile.Write(ref lastActivity, wire.Now);
        }
    }

    /// <summary>
    /// The end of the stream is TCP's under TLS too. The close_notify of TLS would have to be made while the other
    /// direction is read, which .NET does not lock, and its OpenSSL takes what still comes for an error. Nothing rests
    /// on it: whoever cuts a stream short can as well reset it, and a line counts only when it is whole.
    /// </summary>
    private void EndSending()
    {
        socket.Shutdown(SocketShutdown.Send);
        sendEnded.Give();
    }
}
