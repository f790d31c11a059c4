using System.Net;
using System.Net.Sockets;
using System.Text;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Pages;
using GossipSim.Tests.Scenarios.Running;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Pages;

/// <summary>Who may ask the server of pages, for what, and what the answers carry along.</summary>
[TestFixture]
internal sealed class PageServerTests
{
    [Test]
    public async Task A_page_says_that_nothing_of_others_belongs_into_it()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };

        var answer = await client.GetAsync("/");

        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
            Assert.That(Header("Content-Security-Policy"), Does.StartWith("default-src 'self';"));
            Assert.That(Header("Content-Security-Policy"), Does.Not.Contain("unsafe"));
            Assert.That(Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Header("Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(answer.Headers.Server, Is.Empty);
        });

        string Header(string name) => answer.Headers.GetValues(name).Single();
    }

    [TestCase("/", 200)]
    [TestCase("/world.js", 200)]
    [TestCase("/theme.css", 200)]
    [TestCase("/absent.js", 404)]
    [TestCase("/World.js", 404)]
    [TestCase("/../gossipsim.dll", 404)]
    [TestCase("/%2e%2e/gossipsim.dll", 404)]
    [TestCase("/..%2fgossipsim.dll", 404)]
    [TestCase("/api", 404)]
    public async Task Files_are_found_by_their_whole_names_only(string path, int status)
    {
        await using var server = await StartAsync();

        Assert.That(await AskAsync(server, $"GET {path} HTTP/1.1", Host(server)), Is.EqualTo(status));
    }

    [TestCase("127.0.0.1:PORT")]
    [TestCase("localhost:PORT")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:9000")]
    [TestCase("127.0.0.2:9000")]
    [TestCase("[::1]:9000")]
    [TestCase("localhost:9000")]
    [TestCase("LocalHost.:9000")]
    [TestCase("gossip.localhost")]
    [TestCase("gossip.localhost:9000")]
    public async Task Names_of_the_loopback_are_answered_whatever_port_a_tunnel_has(string host)
    {
        await using var server = await StartAsync();

        Assert.That(await AskAsync(server, "GET / HTTP/1.1", HostOf(server, host)), Is.EqualTo(200));
    }

    [TestCase("evil.example:PORT")]
    [TestCase("localhost.evil.example:PORT")]
    [TestCase("notlocalhost:PORT")]
    [TestCase("127.0.0.1.evil.example:PORT")]
    [TestCase("192.168.7.9:PORT")]
    [TestCase("128.0.0.1:PORT")]
    [TestCase("0.0.0.0:PORT")]
    public async Task Any_other_name_is_refused_since_a_foreign_site_can_have_it(string host)
    {
        await using var server = await StartAsync();

        Assert.That(await AskAsync(server, "GET / HTTP/1.1", HostOf(server, host)), Is.EqualTo(421));
    }

    [Test]
    public async Task The_refusal_names_the_option_that_allows_a_name()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "lab7.example:80" } };

        using var answer = await client.SendAsync(request);

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("--allow-host lab7.example"));
    }

    [TestCase("lab7.example", "Lab7.Example:9000", 200)]
    [TestCase("lab7.example", "lab7.example", 200)]
    [TestCase("lab7.example", "www.lab7.example", 421)]
    [TestCase("192.168.7.9", "192.168.7.9:80", 200)]
    public async Task A_name_that_is_allowed_is_answered_with_any_port(string allowed, string host, int status)
    {
        await using var server = await PageServer.StartAsync(
            new PageOptions { AllowedHosts = ["other.example", allowed] }, new PageRoutes());

        Assert.That(await AskAsync(server, "GET / HTTP/1.1", $"Host: {host}"), Is.EqualTo(status));
    }

    [Test]
    public async Task The_machines_own_names_are_answered_only_where_others_may_watch()
    {
        await using var open = await PageServer.StartAsync(
            new PageOptions { Listen = IPAddress.Any }, new PageRoutes());
        await using var closed = await StartAsync();

        foreach (var name in HostNames.OfThisMachine().Where(name => !name.StartsWith("localhost")))
        {
            Assert.That(await AskAsync(open, "GET / HTTP/1.1", $"Host: {name}:9000"), Is.EqualTo(200), name);
            Assert.That(await AskAsync(closed, "GET / HTTP/1.1", $"Host: {name}:9000"), Is.EqualTo(421), name);
        }

        Assert.That(await AskAsync(open, "GET / HTTP/1.1", "Host: evil.example"), Is.EqualTo(421));
    }

    [TestCase("192.168.7.2", "192.168.7.9", "another machine")]
    [TestCase("127.0.0.1", "127.0.0.1", null)]
    public void A_page_is_told_whether_it_may_only_watch(string local, string remote, string? reason)
    {
        var context = new DefaultHttpContext();
        context.Connection.LocalIpAddress = IPAddress.Parse(local);
        context.Connection.RemoteIpAddress = IPAddress.Parse(remote);

        Assert.That(PageGuard.WatchOnly(context), reason is null ? Is.Null : Does.Contain(reason));
    }

    [TestCase("", 403)]
    [TestCase("Origin: null\r\n", 403)]
    [TestCase("Origin: http://evil.example\r\n", 403)]
    [TestCase("Origin: https://127.0.0.1:PORT\r\n", 403)]
    [TestCase("Origin: http://127.0.0.1:PORT\r\n", 200)]
    public async Task Only_its_own_pages_may_change_something(string origin, int status)
    {
        await using var server = await StartAsync();
        var headers = origin.Replace("PORT", $"{server.Address.Port}", StringComparison.Ordinal);

        Assert.That(await PostAsync(server, headers, "{}"), Is.EqualTo(status));
    }

    [TestCase("{}", "application/json", 200)]
    [TestCase("[]", "application/json", 400)]
    [TestCase("{", "application/json", 400)]
    [TestCase("{\"a\":\"\u00ff\"}", "application/json", 400, TestName = "Bytes_that_are_no_UTF_8_are_refused")]
    [TestCase("{\"a\":[{\"b\":\"\\ud800\"}]}", "application/json", 400)]
    [TestCase("{\"\\udc00\":1}", "application/json", 400)]
    [TestCase("{}", "text/plain", 415)]
    public async Task What_is_sent_is_one_JSON_object(string body, string type, int status)
    {
        await using var server = await StartAsync();

        Assert.That(await PostAsync(server, Origin(server), body, type), Is.EqualTo(status));
    }

    [Test]
    public async Task What_is_sent_has_an_end()
    {
        await using var server = await StartAsync();
        var large = $$"""{"a":"{{new string('x', 20_000)}}"}""";

        Assert.That(await PostAsync(server, Origin(server), large), Is.EqualTo(413));
    }

    [Test]
    public async Task Another_method_than_the_one_of_a_path_is_refused()
    {
        await using var server = await StartAsync();

        Assert.That(await AskAsync(server, "GET /api/echo HTTP/1.1", Host(server)), Is.EqualTo(405));
        Assert.That(await AskAsync(server, "DELETE / HTTP/1.1", Host(server) + "\r\n" + Origin(server).Trim()),
            Is.EqualTo(405));
    }

    [TestCase("127.0.0.1", "GET", null, 0)]
    [TestCase("192.168.7.9", "GET", null, 403)]
    [TestCase("192.168.7.9", "GET", "192.168.7.2", 0)]
    [TestCase("192.168.7.9", "POST", "192.168.7.2", 403)]
    [TestCase("192.168.7.2", "POST", "192.168.7.2", 0)]
    public void Another_machine_may_watch_when_it_was_asked_for_and_never_change_anything(
        string from, string method, string? listen, int status)
    {
        var local = IPAddress.Parse(listen ?? "127.0.0.1");
        var guard = new PageGuard(new PageOptions { Listen = local, Port = 80 });
        var context = new DefaultHttpContext();
        (context.Connection.RemoteIpAddress, context.Connection.LocalIpAddress) = (IPAddress.Parse(from), local);
        context.Connection.LocalPort = 8080;
        context.Request.Method = method;
        context.Request.Host = new HostString($"{local}:8080");
        context.Request.Headers.Origin = $"http://{local}:8080";

        var refusal = status == 0 ? null : Assert.Throws<PageRefusal>(() => guard.Check(context));
        if (refusal is null) guard.Check(context);

        Assert.That(refusal?.Status ?? 0, Is.EqualTo(status));
    }

    [Test]
    public async Task A_port_that_is_taken_is_named_and_nothing_begins()
    {
        using var other = new TcpListener(IPAddress.Loopback, FreePorts.Take(1));
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var options = new PageOptions { Port = port };

        var atOnce = Assert.Throws<EnvironmentException>(() => PageServer.RequireFree(options));
        var later = await Assert.ThrowsAsync<EnvironmentException>(
            () => PageServer.StartAsync(options, new PageRoutes()));

        Assert.That(atOnce!.Message, Does.StartWith($"port {port} on 127.0.0.1 is in use"));
        Assert.That(later!.Message, Is.EqualTo(atOnce.Message));
    }

    [Test]
    public void An_address_of_another_machine_is_named() => Assert.That(
        () => PageServer.RequireFree(new PageOptions { Listen = IPAddress.Parse("192.0.2.1") }),
        Throws.TypeOf<EnvironmentException>().With.Message.EqualTo("192.0.2.1 is no address of this machine"));

    private static Task<PageServer> StartAsync() => PageServer.StartAsync(
        new PageOptions(),
        new PageRoutes().Post("/api/echo", async context =>
        {
            var sent = await PageAnswer.ReadAsync(context);
            await PageAnswer.JsonAsync(context, sent.WriteTo);
        }));

    private static string HostOf(PageServer server, string host) =>
        $"Host: {host.Replace("PORT", $"{server.Address.Port}", StringComparison.Ordinal)}";

    private static string Host(PageServer server) => $"Host: {server.Address.Authority}";

    private static string Origin(PageServer server) => $"Origin: http://{server.Address.Authority}\r\n";

    private static Task<int> PostAsync(
        PageServer server, string headers, string body, string type = "application/json") =>
        AskAsync(
            server, "POST /api/echo HTTP/1.1",
            $"{Host(server)}\r\n{headers}Content-Type: {type}\r\nContent-Length: {body.Length}", body);

    /// <summary>The status of an answer to a request letter by letter: clients tidy paths and hosts up.</summary>
    private static async Task<int> AskAsync(PageServer server, string line, string headers, string body = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{line}\r\n{headers}\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var status = await reader.ReadLineAsync();
        return int.Parse(status!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
