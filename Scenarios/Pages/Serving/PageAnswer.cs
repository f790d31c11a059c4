using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Pages;

/// <summary>JSON from and to pages.</summary>
internal static class PageAnswer
{
    private const string Json = "application/json";

    public static readonly JsonWriterOptions Writing = new()
    {
        SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task JsonAsync(HttpContext context, ReadOnlyMemory<byte> utf8, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        context.Response.ContentLength = utf8.Length;
        await context.Response.Body.WriteAsync(utf8, context.RequestAborted);
    }

    public static Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write, int status = 200) =>
        JsonAsync(context, Bytes(write), status);

    public static Task RefuseAsync(HttpContext context, PageRefusal refusal) => JsonAsync(
        context,
        json =>
        {
            json.WriteStartObject();
            json.WriteString("reason"u8, refusal.Message);
            json.WriteEndObject();
        },
        refusal.Status);

    /// <summary>One JSON value, in memory before anything is sent: whoever reads slowly holds nothing up.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Writing)) write(json);
        return buffer.WrittenMemory;
    }

    /// <summary>The JSON object that a page sent.</summary>
    /// <exception cref="PageRefusal">It is none.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(Json, StringComparison.OrdinalIgnoreCase) != true)
            throw new PageRefusal(StatusCodes.Status415UnsupportedMediaType, $"only {Json} is read here");
        try
        {
            using var document = await JsonDocument.ParseAsync(
                context.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, context.RequestAborted);
            if (document.RootElement.ValueKind == JsonValueKind.Object && IsText(document.RootElement))
                return document.RootElement.Clone();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // Told below, like any other JSON value.
        }

        throw new PageRefusal(StatusCodes.Status400BadRequest, "what was sent is not one JSON object");
    }

    /// <summary>
    /// Whether all names and texts in it can be read. The parser looks at neither bytes that are no UTF-8 nor escaped
    /// halves of characters; reading such a text later throws <see cref="InvalidOperationException"/>.
    /// </summary>
    private static bool IsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(field => field.Name is not null && IsText(field.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsText),
        JsonValueKind.String => value.GetString() is not null,
        _ => true,
    };

    /// <exception cref="PageRefusal">It is not there, or no text.</exception>
    public static string Text(JsonElement sent, string name) =>
        sent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new PageRefusal(StatusCodes.Status400BadRequest, $"\"{name}\" is missing, or no text");
}
