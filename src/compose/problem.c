/* Problems: a list of one-line findings. */
#include "zhoubao/compose/check.h"

#include "zhoubao/base/error.h"

static void
problem_free (gpointer data)
{
  ZbProblem *problem = data;
  g_free (problem->text);
  g_free (problem);
}

GPtrArray *
zb_problems_new (void)
{
  return g_ptr_array_new_with_free_func (problem_free);
}

static void
add (GPtrArray *problems, const char *code, int slot, gboolean warning, const char *format, va_list args)
{
  ZbProblem *problem = g_new0 (ZbProblem, 1);
  g_autofree char *text = g_strdup_vprintf (format, args);
  problem->code = code;
  problem->slot = slot;
  problem->warning = warning;
  problem->text = zb_error_line (text);
  g_ptr_array_add (problems, problem);
}

void
zb_problems_add (GPtrArray *problems, const char *code, int slot, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  add (problems, code, slot, FALSE, format, args);
  va_end (args);
}

void
zb_problems_warn (GPtrArray *problems, const char *code, int slot, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  add (problems, code, slot, TRUE, format, args);
  va_end (args);
}

gboolean
zb_problems_ok (const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (!((const ZbProblem *)problems->pdata[i])->warning)
      return FALSE;
  return TRUE;
}

void
zb_problems_build_members (JsonBuilder *b, const GPtrArray *problems)
{
  zb_json_bool (b, "ok", zb_problems_ok (problems));
  json_builder_set_member_name (b, "problems");
  json_builder_begin_array (b);
  for (guint i = 0; i < problems->len; i++) {
    const ZbProblem *problem = problems->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "code", problem->code);
    if (problem->slot > 0)
      zb_json_int (b, "slot", problem->slot);
    else
      zb_json_text (b, "slot", NULL);
    zb_json_text (b, "text", problem->text);
    zb_json_bool (b, "warning", problem->warning);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

void
zb_problems_build (JsonBuilder *b, const GPtrArray *problems)
{
  json_builder_begin_object (b);
  zb_problems_build_members (b, problems);
  json_builder_end_object (b);
}
